// The promise to every subscription: a gapless, duplicate-free, increasing run of seq, or an
// explicit `discontinuity` before any jump. A Run holds one transport to it, on one channel.

/** What one transport has seen, over all its channels. */
export class Tally {
  received = 0;
  gaps = 0;
  duplicates = 0;
  /** Jumps that were announced: allowed, and shown. */
  jumps = 0;
  resumes = 0;
}

export class Run {
  #tally;
  #epoch = null;
  #conflated = false;

  /** {epoch, seq} of the last thing seen; null before the first `subscribed`. */
  position = null;

  constructor(tally) {
    this.#tally = tally;
  }

  subscribed(frame) {
    this.#epoch = frame.epoch;
    this.#conflated = frame.conflated === true;
    if (this.position !== null && frame.resumed) {
      // It says that it goes on at our own position: the next seq will show.
      this.#tally.resumes++;
      this.position = { epoch: frame.epoch, seq: this.position.seq };
      return;
    }
    if (this.position !== null) {
      this.#tally.jumps++;
    }
    this.position = { epoch: frame.epoch, seq: frame.seq };
  }

  discontinuity(frame) {
    this.#tally.jumps++;
    this.#epoch = frame.epoch;
    this.position = { epoch: frame.epoch, seq: frame.seq };
  }

  /** Moves on; false for a message that came before, or is left over from another subscription. */
  message(frame) {
    if (this.position === null) {
      return false;
    }
    const last = this.position.seq;
    if (frame.seq <= last) {
      this.#tally.duplicates++;
      return false;
    }
    if (!this.#conflated) {
      this.#tally.gaps += frame.seq - last - 1;
    }
    this.#tally.received++;
    this.position = { epoch: frame.epoch ?? this.#epoch, seq: frame.seq };
    return true;
  }

  /** A message that is not for this connection: only the position moves. */
  skipped(frame) {
    if (this.message(frame)) {
      this.#tally.received--;
    }
  }
}

// One channel over the browser's own EventSource. It reconnects by itself, with the ticket it was
// opened with and the last event id; only what it takes as final (any HTTP error) is ours to mend:
// with a new ticket, and the last event id in the address.

import { address, Refused } from './access.js';
import { Backoff } from './backoff.js';
import { parsed } from './frame.js';
import { Run, Tally } from './run.js';

const FRAMES = ['connected', 'subscribed', 'message', 'skipped', 'discontinuity', 'error'];
const NOTICES = ['unsubscribed', 'expiring', 'reconnect'];

export class Stream {
  tally = new Tally();
  /** 'connecting' | 'live' | 'waiting' | 'refused'; `note` says why. */
  state = 'connecting';
  note = '';
  until = 0;
  /** Since when the connection is up, by performance.now(). */
  liveSince = Infinity;
  onMessage = () => {};
  onNote = () => {};
  onChange = () => {};

  #access;
  #backoff = new Backoff();
  #source = null;
  #channel = null;
  #rewind = 0;
  #run = new Run(this.tally);
  #lastEventId = '';
  #timer = 0;
  #attempts = 0;

  constructor(access) {
    this.#access = access;
  }

  position() {
    return this.#run.position;
  }

  /** Listens to this channel instead of the one before. */
  watch(channel, rewind) {
    this.#channel = channel;
    this.#rewind = rewind;
    this.#run = new Run(this.tally);
    this.#lastEventId = '';
    this.connect();
  }

  /** Closes the stream, as a tunnel would, and comes back after a while. */
  cut(ms) {
    this.#again(ms, 'cut by you');
  }

  async connect() {
    this.#close();
    const attempt = this.#attempts;
    this.#turn('connecting');
    try {
      const ticket = await this.#access.ticket([this.#channel]);
      if (attempt === this.#attempts) {
        this.#open(ticket);
      }
    } catch (fault) {
      if (attempt !== this.#attempts) {
        return;
      }
      if (fault instanceof Refused && fault.ofCredential) {
        this.#access.forget();
      }
      this.#again(fault.retryAfterMs, fault.message);
    }
  }

  #open(ticket) {
    const start = this.#lastEventId
      ? { lastEventId: this.#lastEventId }
      : { rewind: this.#rewind };
    const source = new EventSource(address('v1/sse', { channel: this.#channel, ticket, ...start }));
    this.#source = source;
    for (const type of [...FRAMES, ...NOTICES]) {
      source.addEventListener(type, (event) => {
        if (source !== this.#source) {
          return;
        }
        // An `error` with data is the server's frame; one without is the browser's own.
        if (typeof event.data === 'string') {
          this.#lastEventId = event.lastEventId || this.#lastEventId;
          this.#receive(parsed(event.data));
        } else {
          this.#interrupted(source.readyState);
        }
      });
    }
  }

  #receive(frame) {
    switch (frame.type) {
      case 'connected':
        this.#backoff.connected();
        return this.#turn('live');
      case 'subscribed':
        return this.#subscribed(frame);
      case 'message':
        if (this.#run.message(frame)) {
          this.onMessage(frame);
        }
        return this.onChange();
      case 'skipped':
        this.#run.skipped(frame);
        return this.onChange();
      case 'discontinuity':
        this.#run.discontinuity(frame);
        return this.onNote(frame.channel, `Announced jump to seq ${frame.seq}: ${frame.reason}`);
      case 'expiring':
        this.#access.forget();
        return this.connect();
      case 'unsubscribed':
        return this.onNote(frame.channel, frame.message);
      case 'error':
        return this.#refused(frame);
      default:
        return undefined; // reconnect: the stream's own `retry:` says the same
    }
  }

  #subscribed(frame) {
    const before = this.#run.position;
    this.#run.subscribed(frame);
    if (before !== null) {
      const resumed = `Resumed behind seq ${before.seq}, nothing missed`;
      const jumped = `Begins anew behind seq ${frame.seq}: ${frame.reason}`;
      this.onNote(frame.channel, frame.resumed ? resumed : jumped);
    }
    this.onChange();
  }

  /** The stream is about to end. Its browser would come back whatever the reason was. */
  #refused(frame) {
    const refused = new Refused(frame);
    if (refused.ofCredential) {
      this.#access.forget();
    } else if (!refused.passing) {
      this.#close();
      this.#turn('refused', frame.message);
    }
  }

  #interrupted(readyState) {
    if (readyState === EventSource.CONNECTING) {
      this.until = 0;
      this.#turn('waiting', 'EventSource reconnects');
    } else {
      this.#again(undefined, 'stream refused');
    }
  }

  #again(advised, note) {
    this.#close();
    const wait = this.#backoff.next(advised);
    this.until = Date.now() + wait;
    this.#turn('waiting', note);
    this.#timer = setTimeout(() => this.connect(), wait);
  }

  #close() {
    this.#attempts++;
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #turn(state, note = '') {
    if (state === 'live') {
      this.liveSince = performance.now();
    }
    this.state = state;
    this.note = note;
    this.onChange();
  }
}

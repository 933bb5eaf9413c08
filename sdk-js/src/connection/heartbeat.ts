/** How often it is looked, so that a device that slept is found out soon after it wakes. */
const LOOK_MS = 5_000;
/** A look that comes so much too late: the device slept, or the browser put the tab aside. */
const LATE_MS = 10_000;
/** How long an answer to a ping that is due now may take. */
const ANSWER_MS = 5_000;

export interface Heart {
  /** Asks the other side for a sign of life. */
  ping(): void;
  /** There is none. */
  silent(): void;
}

/** Whether the other side of a WebSocket is still there (a page does not see the pings of RFC 6455). */
export class Heartbeat {
  readonly #timer: ReturnType<typeof setInterval>;
  #heardAt: number;
  #lookedAt: number;
  /** When the ping that waits for an answer is given up. */
  #deadline: number | undefined;

  readonly #intervalMs: number;
  readonly #heart: Heart;
  readonly #now: () => number;

  constructor(intervalMs: number, heart: Heart, now: () => number = Date.now, lookMs: number = LOOK_MS) {
    this.#intervalMs = intervalMs;
    this.#heart = heart;
    this.#now = now;
    this.#heardAt = this.#lookedAt = now();
    this.#timer = setInterval(() => this.look(), lookMs);
  }

  heard(): void {
    this.#heardAt = this.#now();
    this.#deadline = undefined;
  }

  /** Now, not when it is due: the tab is seen again, the network is back. */
  check(): void {
    if (this.#deadline !== undefined) return;
    this.#deadline = this.#now() + ANSWER_MS;
    this.#heart.ping();
  }

  /** Called by its timer. */
  look(): void {
    const now = this.#now();
    const late = now - this.#lookedAt > LOOK_MS + LATE_MS;
    this.#lookedAt = now;
    if (this.#deadline !== undefined) {
      // After a sleep an answer may wait to be read: it gets the time of a look.
      if (!late && now >= this.#deadline) this.#heart.silent();
    } else if (late || now - this.#heardAt >= this.#intervalMs) this.check();
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

// When to try again: full jitter, 0.5 s doubling to 30 s, from the start again after 10 s of peace.

const FIRST_MS = 500;
const LONGEST_MS = 30_000;
const STABLE_MS = 10_000;

export class Backoff {
  #ceiling = FIRST_MS;
  #stable = 0;

  /** How long to wait now; `advised`, the server's own wish, goes first. */
  next(advised) {
    clearTimeout(this.#stable);
    const ceiling = this.#ceiling;
    this.#ceiling = Math.min(2 * ceiling, LONGEST_MS);
    return advised ?? Math.random() * ceiling;
  }

  /** It works again. */
  connected() {
    clearTimeout(this.#stable);
    this.#stable = setTimeout(() => {
      this.#ceiling = FIRST_MS;
    }, STABLE_MS);
  }
}

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

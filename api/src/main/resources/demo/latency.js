// From the click to the screen, by this page's own clock: for messages it published itself.

const KEPT = 500;
const SAMPLES = 101;

/** When each message of this page's was published. */
export class Sent {
  #times = new Map();

  note(id) {
    this.#times.set(id, performance.now());
    if (this.#times.size > KEPT) {
      this.#times.delete(this.#times.keys().next().value);
    }
  }

  /** How long ago, in ms; undefined for somebody else's message. */
  since(id) {
    const at = this.#times.get(id);
    return at === undefined ? undefined : performance.now() - at;
  }
}

/** The median of the last samples. */
export class Median {
  #samples = [];

  add(ms) {
    this.#samples.push(ms);
    if (this.#samples.length > SAMPLES) {
      this.#samples.shift();
    }
  }

  /** Null without samples. */
  get value() {
    const sorted = [...this.#samples].sort((a, b) => a - b);
    return sorted.length === 0 ? null : sorted[sorted.length >> 1];
  }
}

export function shown(ms) {
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}

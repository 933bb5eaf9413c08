import type { TransportName } from '../types.js';

/** What has worked once gets so many chances more, before another is tried: a gateway that restarts blocks nothing. */
const CHANCES = 3;
/** How long a WebSocket that has never opened may take, where something else has worked: a network that swallows it. */
const IMPATIENT_MS = 4_000;

/** Which transport is next. Only a line that ends without a word of the server counts against its transport. */
export class Fallback {
  #index = 0;
  #failures = 0;
  readonly #proven = new Set<TransportName>();

  readonly #names: readonly TransportName[];

  constructor(names: readonly TransportName[]) {
    this.#names = names;
    if (names.length === 0) throw new TypeError('no transport works here: give a `WebSocket`, or allow `sse` or `poll`');
  }

  get current(): TransportName {
    return this.#names[this.#index]!;
  }

  /** For one attempt. */
  patience(timeoutMs: number): number {
    return this.#proven.size > 0 && !this.#proven.has(this.current) ? Math.min(timeoutMs, IMPATIENT_MS) : timeoutMs;
  }

  opened(): void {
    this.#proven.add(this.current);
    this.#failures = 0;
  }

  /** An open line is gone, or the network is another: the best one first. */
  restart(): void {
    this.#index = 0;
  }

  /** @returns whether another is to be tried at once */
  failed(): boolean {
    if (this.#proven.has(this.current) && ++this.#failures < CHANCES) {
      this.#index = 0;
      return false;
    }
    this.#index = (this.#index + 1) % this.#names.length;
    return this.#index > 0;
  }
}

import type { Credentials } from '../auth/credentials.js';

/** A provider that fails, or gives the same token again, is asked again after so long. */
const AGAIN_MS = 1_000;
/** The longest that `setTimeout` can wait. */
const MOST_MS = 2 ** 31 - 1;

/** Shows a fresh token on the open connection before the old one ends. */
export class Renewal {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #active = false;
  #running = false;

  readonly #credentials: Credentials;
  readonly #show: (token: string) => Promise<void>;

  constructor(credentials: Credentials, show: (token: string) => Promise<void>) {
    this.#credentials = credentials;
    this.#show = show;
  }

  /** The connection is open. */
  start(): void {
    this.#active = true;
    this.#schedule(this.#credentials.dueInMs);
  }

  stop(): void {
    this.#active = false;
    clearTimeout(this.#timer);
  }

  /** The server says that it is time. */
  now(): void {
    this.#schedule(0);
  }

  #schedule(ms: number | undefined): void {
    clearTimeout(this.#timer);
    if (this.#active && ms !== undefined) this.#timer = setTimeout(() => void this.#renew(), Math.min(ms, MOST_MS));
  }

  async #renew(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    let again: number | undefined = AGAIN_MS;
    try {
      this.#credentials.forget();
      await this.#show(await this.#credentials.jwt());
      const due = this.#credentials.dueInMs;
      again = due === undefined ? undefined : Math.max(AGAIN_MS, due);
    } catch {
      // As long as the old one is good the connection goes on; when it ends, the next attempt says why.
    } finally {
      this.#running = false;
      this.#schedule(again);
    }
  }
}

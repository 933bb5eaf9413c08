import type { Credentials } from '../auth/credentials.js';
import type { TidegateError } from '../errors.js';

/** A provider that fails, or gives the same token again, is asked again after so long. */
const AGAIN_MS = 1_000;
/** The longest that `setTimeout` can wait. */
const MOST_MS = 2 ** 31 - 1;

/** Shows a fresh token on the open connection before the old one ends. */
export class Renewal {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private active = false;
  private running = false;

  constructor(
    private readonly credentials: Credentials,
    private readonly show: (token: string) => Promise<void>,
  ) {}

  /** The connection is open. */
  start(): void {
    this.active = true;
    this.schedule(this.credentials.dueInMs);
  }

  stop(): void {
    this.active = false;
    clearTimeout(this.timer);
  }

  /** The server says that it is time. */
  now(): void {
    this.schedule(0);
  }

  /** What the next attempt is to do about a refusal: a token issued later may be accepted. */
  refused(error: TidegateError): void {
    if (error.status === 401) this.credentials.forget();
  }

  private schedule(ms: number | undefined): void {
    clearTimeout(this.timer);
    if (this.active && ms !== undefined) this.timer = setTimeout(() => void this.renew(), Math.min(ms, MOST_MS));
  }

  private async renew(): Promise<void> {
    if (this.running) return;
    this.running = true;
    let again: number | undefined = AGAIN_MS;
    try {
      this.credentials.forget();
      await this.show(await this.credentials.jwt());
      const due = this.credentials.dueInMs;
      again = due === undefined ? undefined : Math.max(AGAIN_MS, due);
    } catch {
      // As long as the old one is good the connection goes on; when it ends, the next attempt says why.
    } finally {
      this.running = false;
      this.schedule(again);
    }
  }
}

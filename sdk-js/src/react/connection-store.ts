import type { ConnectionState, Tidegate, TidegateError } from '../index.js';
import { Store } from './store.js';

export interface ConnectionSnapshot {
  readonly state: ConnectionState;
  readonly error: TidegateError | undefined;
  readonly retryInMs: number | undefined;
}

/** What the connection last said about itself. */
export class ConnectionStore extends Store<ConnectionSnapshot> {
  #off: (() => void) | undefined;

  constructor(private readonly client: Tidegate) {
    super({ state: client.connection.state, error: undefined, retryInMs: undefined });
  }

  protected start(): void {
    this.#off = this.client.connection.on(({ current, error, retryInMs }) => {
      this.set({ state: current, error, retryInMs });
    });
    if (this.snapshot().state !== this.client.connection.state) {
      this.set({ state: this.client.connection.state, error: undefined, retryInMs: undefined });
    }
  }

  protected stop(): void {
    this.#off?.();
  }
}

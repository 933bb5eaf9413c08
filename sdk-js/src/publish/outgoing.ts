import { newId } from '../bytes.js';
import type { TidegateError } from '../errors.js';
import { optional } from '../promises.js';
import type { OutgoingMessage, OutgoingState, Payload, Position } from '../types.js';

/** A message of one's own on its way. */
export class Outgoing<T> implements OutgoingMessage<T> {
  readonly id: string;
  readonly name?: string;
  readonly data: T;
  readonly clientId?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timestamp = Date.now();
  readonly confirmed: Promise<Position>;
  state: OutgoingState = 'pending';
  seq?: number;
  epoch?: string;
  error?: TidegateError;
  #settle!: { resolve(position: Position): void; reject(error: TidegateError): void };

  constructor(
    readonly channel: string,
    /** @internal */
    readonly payload: Payload<T>,
    clientId?: string,
  ) {
    this.id = payload.id ?? newId();
    this.data = payload.data;
    if (clientId !== undefined) this.clientId = clientId;
    if (payload.name !== undefined) this.name = payload.name;
    if (payload.headers !== undefined) this.headers = payload.headers;
    // Its state says so, too: nobody has to listen.
    this.confirmed = optional(new Promise((resolve, reject) => (this.#settle = { resolve, reject })));
  }

  get status(): OutgoingState {
    return this.state;
  }

  /** @internal By its answer, or by its delivery where the answer was lost. */
  confirm(position: Position): void {
    if (this.state !== 'pending') return;
    this.state = 'confirmed';
    this.seq = position.seq;
    this.epoch = position.epoch;
    this.#settle.resolve(position);
  }

  /** @internal */
  fail(error: TidegateError): void {
    if (this.state !== 'pending') return;
    this.state = 'failed';
    this.error = error;
    this.#settle.reject(error);
  }
}

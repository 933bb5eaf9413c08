import { guarded } from '../connection/emitter.js';
import { LocalCode, TidegateError } from '../errors.js';
import { optional } from '../promises.js';
import type { Discontinuity, Message, Position, SubscribeOptions, Subscription } from '../types.js';

/** What an iterator may fall behind: past that it ends with 80001, and can go on with `since: subscription.position`. */
const ITERATOR_LIMIT = 10_000;

interface Reader<T> {
  readonly queue: Message<T>[];
  wake?: () => void;
  end?: TidegateError | 'done';
}

/** One listener's part of a channel. */
export class LocalSubscription<T> implements Subscription<T> {
  readonly ready: Promise<void>;
  position: Position | undefined;
  /** @internal Whether the gateway has had it. */
  isReady = false;
  #settle!: { resolve(): void; reject(error: TidegateError): void };
  readonly #readers = new Set<Reader<T>>();
  #over: TidegateError | 'done' | undefined;
  readonly #listener: ((message: Message<T>) => void) | undefined;
  readonly #leave: (subscription: LocalSubscription<T>) => void;

  constructor(
    readonly channel: string,
    listener: ((message: Message<T>) => void) | undefined,
    /** @internal */
    readonly options: SubscribeOptions,
    leave: (subscription: LocalSubscription<T>) => void,
  ) {
    if (options.rewind !== undefined && options.since !== undefined) throw new TypeError('either `rewind` or `since`');
    this.#listener = listener;
    this.#leave = leave;
    this.position = options.since;
    // Who wants to know waits for it or gives onError.
    this.ready = optional(new Promise((resolve, reject) => (this.#settle = { resolve, reject })));
    // What comes between `subscribe()` and `for await` is kept for the first iterator.
    if (!listener) this.#readers.add({ queue: [] });
  }

  unsubscribe(): void {
    this.#finish('done');
    this.#settle.reject(new TidegateError(LocalCode.closed, 'unsubscribed'));
    this.#leave(this);
  }

  /** @internal */
  begun(): void {
    this.isReady = true;
    this.#settle.resolve();
  }

  /** @internal */
  deliver(message: Message<T>): void {
    if (this.#over) return;
    this.position = { epoch: message.epoch, seq: message.seq };
    if (this.#listener) guarded(() => this.#listener!(message));
    for (const reader of this.#readers) {
      if (reader.queue.length >= ITERATOR_LIMIT) {
        reader.end ??= new TidegateError(LocalCode.queueFull, `an iterator is ${ITERATOR_LIMIT} messages behind`, { channel: this.channel });
        this.#readers.delete(reader);
      } else reader.queue.push(message);
      reader.wake?.();
    }
  }

  /** @internal */
  jumped(jump: Discontinuity): void {
    if (this.#over) return;
    this.position = jump.to;
    guarded(() => this.options.onDiscontinuity?.(jump));
  }

  /** @internal What lies between its `since` and there is not kept on this client. */
  missed(to: Position): void {
    const { since } = this.options;
    this.jumped({ channel: this.channel, reason: 'retention', to, ...(since && { from: since }) });
  }

  /** @internal One message is lost to this client; the others go on. */
  undelivered(error: TidegateError): void {
    if (this.#over) return;
    if (this.options.onError) guarded(() => this.options.onError!(error));
    else console.error(error);
  }

  /** @internal Nothing more will come: refused, or the program has closed its client, which is no error to it. */
  ended(error: TidegateError): void {
    if (this.#over) return;
    const isClosed = error.code === LocalCode.closed;
    this.#settle.reject(error);
    this.#finish(isClosed ? 'done' : error);
    if (!isClosed) guarded(() => this.options.onError?.(error));
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Message<T>> {
    const kept = this.#listener ? undefined : [...this.#readers][0];
    const reader: Reader<T> = kept && !kept.wake ? kept : { queue: [] };
    if (this.#over) reader.end ??= this.#over;
    else this.#readers.add(reader);
    try {
      for (;;) {
        const message = reader.queue.shift();
        if (message !== undefined) yield message;
        else if (reader.end === 'done') return;
        else if (reader.end) throw reader.end;
        else await new Promise<void>((wake) => (reader.wake = wake));
      }
    } finally {
      this.#readers.delete(reader);
      // `break` in the loop of somebody who gave no listener ends the subscription, too.
      if (!this.#listener && this.#readers.size === 0 && !this.#over) this.unsubscribe();
    }
  }

  #finish(end: TidegateError | 'done'): void {
    if (this.#over) return;
    this.#over = end;
    for (const reader of this.#readers) {
      reader.end ??= end;
      reader.wake?.();
    }
    // An iterator that has not begun finds what was kept for it.
    if (this.#listener) this.#readers.clear();
  }
}

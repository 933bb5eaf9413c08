import type { TidegateError } from '../errors.js';
import type { Discontinuity, Message, Position } from '../types.js';
import { millis } from './millis.js';
import type { LocalSubscription } from './subscription.js';

/** What is kept for a listener that comes later and wants to rewind: a second component on the same page. */
const KEPT = 100;

/** Who listens to one channel on this client, and what the last of it was. */
export class Audience {
  readonly #listeners = new Set<LocalSubscription<unknown>>();
  readonly #kept: Message[] = [];

  get size(): number {
    return this.#listeners.size;
  }

  add(listener: LocalSubscription<unknown>): void {
    this.#listeners.add(listener);
  }

  /** @returns whether it was there */
  remove(listener: LocalSubscription<unknown>): boolean {
    return this.#listeners.delete(listener);
  }

  /** From here on it is another run of messages. */
  forget(): void {
    this.#kept.length = 0;
  }

  /** The gateway has the subscription. @param at where it begins for those that were nowhere yet; absent while their past is being read */
  begun(at: Position | undefined): void {
    for (const listener of [...this.#listeners]) {
      const since = listener.options.since;
      // One that wanted to begin before the one that the channel was asked for.
      if (at && since && !listener.isReady && (since.epoch !== at.epoch || since.seq < at.seq)) listener.missed(at);
      if (at) listener.position ??= at;
      listener.begun();
    }
  }

  /** A listener that finds the channel running at this position: its past is what was kept. */
  late(listener: LocalSubscription<unknown>, at: Position | undefined): void {
    if (!this.#listeners.has(listener)) return;
    const { since, rewind } = listener.options;
    let past: readonly Message[] = [];
    if (typeof rewind === 'number') past = this.#kept.slice(-rewind);
    else if (rewind !== undefined) past = this.#kept.filter(({ timestamp }) => timestamp >= Date.now() - millis(rewind));
    else if (since) {
      const oldest = this.#kept[0]?.seq ?? (at?.seq ?? 0) + 1;
      if (since.seq + 1 < oldest && at) listener.missed({ ...at, seq: oldest - 1 });
      past = this.#kept.filter(({ seq }) => seq > since.seq);
    }
    listener.begun();
    for (const message of past) listener.deliver(message);
    listener.position ??= at;
  }

  deliver(message: Message): void {
    this.#kept.push(message);
    if (this.#kept.length > KEPT) this.#kept.shift();
    for (const listener of [...this.#listeners]) {
      // One that came late has had it from what is kept.
      if (listener.position === undefined || message.seq > listener.position.seq || message.epoch !== listener.position.epoch) listener.deliver(message);
    }
  }

  jumped(jump: Discontinuity): void {
    for (const listener of [...this.#listeners]) listener.jumped(jump);
  }

  /** One message is lost to this client; the others go on. */
  undelivered(error: TidegateError): void {
    for (const listener of [...this.#listeners]) listener.undelivered(error);
  }

  /** Nothing more will come. */
  end(error: TidegateError): void {
    for (const listener of [...this.#listeners]) listener.ended(error);
    this.#listeners.clear();
  }
}

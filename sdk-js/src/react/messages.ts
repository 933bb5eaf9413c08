import type { Message, OutgoingMessage, TidegateError } from '../index.js';

/** A message of the list: received, or one's own on its way. */
export interface ChannelMessage<T = unknown> {
  readonly id: string;
  readonly name?: string;
  readonly data: T;
  readonly clientId?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** By the gateway's clock once received, by this device's until then. Milliseconds since 1970. */
  readonly timestamp: number;
  readonly status: 'pending' | 'confirmed' | 'failed';
  /** Absent until confirmed. */
  readonly seq?: number;
  readonly epoch?: string;
  /** Why it failed. */
  readonly error?: TidegateError;
}

/**
 * A bounded list of messages, one per id. Confirmed ones stand by epoch, in the order in which
 * epochs were seen, and seq; behind them what is on its way, in the order in which it was published.
 */
export class MessageList<T> {
  #items: ChannelMessage<T>[] = [];
  readonly #epochs: string[] = [];
  #bound: number;

  /** @param bound messages kept; older ones make room for newer ones */
  constructor(bound: number) {
    this.#bound = bound;
  }

  get items(): readonly ChannelMessage<T>[] {
    return this.#items;
  }

  /** The oldest one with a place. */
  get oldest(): ChannelMessage<T> | undefined {
    return this.#items.find((item) => item.seq !== undefined);
  }

  /** A message that came over the subscription. */
  received(message: Message<T>): void {
    this.#put({ ...message, status: 'confirmed' });
    this.#drop();
  }

  /** What was published, as it is now. Once its place is known it is never put back. */
  outgoing({ id, name, data, clientId, headers, timestamp, status, seq, epoch, error }: OutgoingMessage<T>): void {
    if (this.#items.find((item) => item.id === id)?.status === 'confirmed') {
      return;
    }
    const optional = { name, clientId, headers, seq, epoch, error };
    this.#put({ id, data, timestamp, status, ...defined(optional) });
    this.#drop();
  }

  /** A page of history; the list may grow by as much as it brings. Returns how many were new. */
  older(page: readonly Message<T>[]): number {
    const before = this.#items.length;
    for (const message of page) {
      if (!this.#epochs.includes(message.epoch)) {
        this.#epochs.unshift(message.epoch);
      }
      this.#put({ ...message, status: 'confirmed' });
    }
    const added = this.#items.length - before;
    this.#bound += added;
    return added;
  }

  #put(message: ChannelMessage<T>): void {
    if (message.epoch !== undefined && !this.#epochs.includes(message.epoch)) {
      this.#epochs.push(message.epoch);
    }
    const items = this.#items.filter((item) => item.id !== message.id);
    const known = this.#items.find((item) => item.id === message.id);
    if (message.seq === undefined && known) {
      items.splice(this.#items.indexOf(known), 0, message);
    } else {
      let place = items.length;
      while (place > 0 && this.#before(message, items[place - 1]!)) {
        place--;
      }
      items.splice(place, 0, message);
    }
    this.#items = items;
  }

  /** Whether `a` stands before `b`. */
  #before(a: ChannelMessage<T>, b: ChannelMessage<T>): boolean {
    if (a.seq === undefined || b.seq === undefined) {
      return a.seq !== undefined;
    }
    const epochs = this.#epochs.indexOf(a.epoch ?? '') - this.#epochs.indexOf(b.epoch ?? '');
    return epochs !== 0 ? epochs < 0 : a.seq < b.seq;
  }

  #drop(): void {
    if (this.#items.length > this.#bound) {
      this.#items = this.#items.slice(-this.#bound);
    }
  }
}

type Defined<O> = { [K in keyof O]?: Exclude<O[K], undefined> };

function defined<O extends object>(fields: O): Defined<O> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<O>;
}

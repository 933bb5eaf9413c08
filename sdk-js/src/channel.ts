import { Codec } from './codec.js';
import type { WireMessage } from './frames.js';
import type { Rest } from './http/rest.js';
import type { Live } from './live/live.js';
import { LocalSubscription } from './live/subscription.js';
import { paged } from './paged.js';
import { Presence } from './presence/presence.js';
import { optional } from './promises.js';
import { Outgoing } from './publish/outgoing.js';
import type { HistoryQuery, Message, OutgoingMessage, Paged, Payload, SubscribeOptions, Subscription } from './types.js';

export interface ChannelOptions {
  /** 32 bytes or their base64: what is published is encrypted, what arrives decrypted; the gateway never sees it. */
  readonly cipherKey?: Uint8Array | string | undefined;
}

/** A channel by its name. Making one costs nothing and asks nobody. */
export class Channel<T = unknown> {
  readonly presence: Presence;
  /** @internal */
  readonly codec: Codec;
  readonly #live: Live;
  readonly #rest: Rest;

  /** @internal */
  constructor(
    readonly name: string,
    codec: Codec,
    live: Live,
    rest: Rest,
  ) {
    this.codec = codec;
    this.#live = live;
    this.#rest = rest;
    this.presence = new Presence(name, live, codec);
    codec.prepare();
  }

  /** From now on, from a position, or from some way back; without a listener it is for `for await`. Connects. */
  subscribe(listener: ((message: Message<T>) => void) | undefined, options?: SubscribeOptions): Subscription<T>;
  subscribe(options?: SubscribeOptions): Subscription<T>;
  subscribe(first?: ((message: Message<T>) => void) | SubscribeOptions, second?: SubscribeOptions): Subscription<T> {
    const [listener, options] = typeof first === 'function' ? [first, second] : [undefined, first ?? second];
    const feed = this.#live.feed(this.name, this.codec);
    const subscription = new LocalSubscription<T>(this.name, listener, options ?? {}, (self) => feed.remove(self as LocalSubscription<unknown>));
    feed.add(subscription as LocalSubscription<unknown>);
    this.#live.connection.connect();
    return subscription;
  }

  /** There at once, `pending`; sent in order, kept while there is no connection, stored once. An array is one unit: all or nothing. */
  publish(payload: Payload<T>): OutgoingMessage<T>;
  publish(payloads: readonly Payload<T>[]): OutgoingMessage<T>[];
  publish(given: Payload<T> | readonly Payload<T>[]): OutgoingMessage<T> | OutgoingMessage<T>[] {
    const payloads = Array.isArray(given) ? (given as readonly Payload<T>[]) : [given as Payload<T>];
    const messages = payloads.map((payload) => new Outgoing<T>(this.name, payload, payload.clientId ?? this.#live.connection.clientId));
    const wire = messages.map(({ id, payload }) => this.codec.write({ ...payload, id }));
    // What is encrypted is waited for when its turn comes.
    if (messages.length > 0) this.#live.outbox.add(this.name, { messages, wire: wire.some((one) => one instanceof Promise) ? optional(Promise.all(wire)) : (wire as never) });
    return Array.isArray(given) ? messages : messages[0]!;
  }

  /** `await` for a page, `for await` for all of it; as far as the channel keeps messages. */
  history(query: HistoryQuery = {}): Paged<Message<T>> {
    return paged(async (cursor) => {
      const page = await this.#rest.call<{ epoch: string | null; items: readonly WireMessage[]; next: string | null }>('GET', `/v1/channels/${encodeURIComponent(this.name)}/messages`, undefined, { ...query, cursor });
      return { items: await Promise.all(page.items.map((wire) => this.codec.read<T>(wire, page.epoch ?? ''))), next: page.next };
    });
  }
}

import type { Channel, Discontinuity, Message, OutgoingMessage, Payload, Subscription, TidegateError } from '../index.js';
import { MessageList, type ChannelMessage } from './messages.js';
import { Store } from './store.js';

export interface ChannelSettings {
  /** Messages kept of those that arrive; what {@link ChannelStore.loadOlder} brings comes on top. */
  readonly limit: number;
  readonly rewind: number | string | undefined;
}

export interface ChannelSnapshot<T> {
  readonly messages: readonly ChannelMessage<T>[];
  readonly error: TidegateError | undefined;
  readonly discontinuity: Discontinuity | undefined;
  readonly hasOlder: boolean;
  readonly isLoading: boolean;
}

/** A list beyond this many messages is a page nobody scrolls through: history ends there. */
const MAX_MESSAGES = 10_000;

export type ChannelEvents<T> = {
  onMessage(message: Message<T>): void;
  onDiscontinuity(jump: Discontinuity): void;
};

/** One channel as its components see it. */
export class ChannelStore<T = unknown> extends Store<ChannelSnapshot<T>> {
  readonly watchers = new Set<ChannelEvents<T>>();
  #list: MessageList<T>;
  #subscription: Subscription<T> | undefined;
  #loading: Promise<void> | undefined;

  constructor(
    private readonly channel: Channel<T>,
    private readonly settings: ChannelSettings,
  ) {
    super({ messages: [], error: undefined, discontinuity: undefined, hasOlder: true, isLoading: false });
    this.#list = new MessageList(settings.limit);
  }

  /** Shown at once as pending, and sent; later confirmed or failed under the same id. */
  publish(payload: Payload<T>): OutgoingMessage<T> {
    const message = this.channel.publish(payload);
    const list = this.#list;
    const show = () => {
      list.outgoing(message);
      if (list === this.#list) {
        this.#show();
      }
    };
    show();
    message.confirmed.then(show, show);
    return message;
  }

  /** One page of history before the oldest message shown. Calls while it is under way are that one. */
  loadOlder(count: number): Promise<void> {
    this.#loading ??= this.#load(count).finally(() => {
      this.#loading = undefined;
      this.#show({ isLoading: false });
    });
    return this.#loading;
  }

  async #load(count: number): Promise<void> {
    const list = this.#list;
    const oldest = list.oldest?.seq;
    if (oldest === 1 || !this.snapshot().hasOlder) {
      return this.#show({ hasOlder: false });
    }
    this.#show({ isLoading: true });
    try {
      const from = oldest === undefined ? {} : { from: oldest - 1 };
      const page = await this.channel.history({ limit: count, direction: 'backward', ...from });
      if (list === this.#list) {
        list.older(page.items);
        const hasOlder = page.next !== undefined && list.items.length < MAX_MESSAGES;
        this.#show({ hasOlder, error: undefined });
      }
    } catch (error) {
      this.#show({ error: error as TidegateError });
    }
  }

  protected start(): void {
    const { rewind } = this.settings;
    this.#subscription = this.channel.subscribe((message) => this.#received(message), {
      ...(rewind === undefined ? {} : { rewind }),
      onDiscontinuity: (jump) => {
        this.#show({ discontinuity: jump });
        this.watchers.forEach((watcher) => watcher.onDiscontinuity(jump));
      },
      onError: (error) => this.#show({ error }),
    });
    this.#subscription.ready.catch((error: TidegateError) => this.#show({ error }));
  }

  protected stop(): void {
    this.#subscription?.unsubscribe();
    this.#list = new MessageList(this.settings.limit);
    this.#show({ error: undefined, discontinuity: undefined, hasOlder: true });
  }

  #received(message: Message<T>): void {
    this.#list.received(message);
    this.#show();
    this.watchers.forEach((watcher) => watcher.onMessage(message));
  }

  #show(change: Partial<ChannelSnapshot<T>> = {}): void {
    this.set({ ...this.snapshot(), ...change, messages: this.#list.items });
  }
}

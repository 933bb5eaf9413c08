import type { Codec } from '../codec.js';
import { pauseAfter } from '../connection/backoff.js';
import type { TidegateError } from '../errors.js';
import type { SubscribedFrame, WireMessage } from '../frames.js';
import type { Followed } from '../transport/line.js';
import type { Position } from '../types.js';
import { Audience } from './audience.js';
import type { Past } from './past.js';
import { Reading, type Told } from './reading.js';
import type { LocalSubscription } from './subscription.js';

/** How a feed reaches the gateway. */
export interface FeedLink {
  subscribe(feed: Feed): void;
  unsubscribe(feed: Feed): void;
  /** Has it told who is present, too; its messages go on. */
  widen(feed: Feed): void;
  /** Streams: the set of channels has changed. */
  follow(): void;
  /** One message, before it is delivered: it confirms what was published here. */
  seen(channel: string, id: string, position: Position): void;
  /** Nobody wants it any more. */
  idle(feed: Feed): void;
}

type Wire = 'off' | 'asking' | 'on' | 'leaving';

/** What a `subscribe` frame says beside its type. */
type Asking = { readonly channel: string; readonly since: Position | undefined; readonly rewind: number | string | undefined; readonly presence: true | undefined };

/** One channel as this client has it from the gateway: one subscription on the wire, any number of listeners. */
export class Feed {
  readonly #audience = new Audience();
  readonly #link: FeedLink;
  #reading: Reading;
  /** Of the reading; the wire has to be asked again when it changes. */
  #generation = 1;
  #wire: Wire = 'off';
  /** What the wire was asked for. */
  #asked = { generation: 0, presence: false };
  /** Whether somebody wants to know who is present. */
  #presence = false;
  #attempt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly channel: string,
    public codec: Codec,
    link: FeedLink,
  ) {
    this.#link = link;
    this.#reading = this.#read();
  }

  get wanted(): boolean {
    return this.#audience.size > 0 || this.#presence;
  }

  /** Whether the wire was asked to tell who is present. */
  get tellsPresence(): boolean {
    return this.#asked.presence;
  }

  add(subscription: LocalSubscription<unknown>): void {
    const first = this.#audience.size === 0;
    this.#audience.add(subscription);
    const { since, rewind } = subscription.options;
    if (first && (this.#wire === 'off' || since !== undefined || rewind !== undefined)) this.#anew(since, rewind);
    else if (this.#wire === 'on') queueMicrotask(() => this.#audience.late(subscription, this.#reading.position));
    this.sync();
  }

  remove(subscription: LocalSubscription<unknown>): void {
    if (this.#audience.remove(subscription)) this.sync();
  }

  /** Whether somebody wants to know who is present. */
  watch(presence: boolean): void {
    this.#presence = presence;
    this.sync();
  }

  /** Has the wire as it is wanted, as far as there is one. */
  sync(): void {
    if (!this.wanted) {
      clearTimeout(this.#retry);
      this.#retry = undefined;
      this.#anew();
      if (this.#wire === 'off') return this.#link.idle(this);
    }
    if (this.#retry !== undefined) return;
    const right = this.wanted && this.#asked.generation === this.#generation;
    if (this.#wire === 'off') this.#link.subscribe(this);
    else if (this.#wire === 'on' && !right) this.#link.unsubscribe(this);
    // That less is wanted than is told costs less than to subscribe anew.
    else if (this.#wire === 'on' && this.#presence && !this.#asked.presence) this.#link.widen(this);
    else this.#link.follow();
  }

  /** What a stream is to carry for it. */
  followed(): Followed {
    const { rewind, position } = this.#reading;
    return { channel: this.channel, generation: this.#generation, presence: this.#presence, rewind: position ? undefined : rewind };
  }

  /** It is asked for with what is returned. */
  asking(): Asking {
    this.#wire = 'asking';
    this.ask();
    const { rewind, position: since } = this.#reading;
    return { channel: this.channel, since, rewind: since ? undefined : rewind, presence: this.#presence || undefined };
  }

  leaving(): void {
    this.#wire = 'leaving';
  }

  left(): void {
    if (this.#wire === 'leaving') this.#wire = 'off';
    this.sync();
  }

  /** The line is gone; where it stands is kept. */
  down(): void {
    this.#wire = 'off';
    clearTimeout(this.#retry);
    this.#retry = undefined;
  }

  /** A poll that goes on at its position is not told `subscribed` again. */
  goesOn(): void {
    if (this.#reading.position !== undefined && this.#asked.generation === this.#generation) this.#wire = 'on';
  }

  /** @param past of a line that takes no positions: such a one was asked for what is wanted now */
  subscribed(frame: SubscribedFrame, past: Past | undefined): void {
    if (past) this.ask();
    this.#wire = 'on';
    this.#attempt = 0;
    if (this.#asked.generation === this.#generation) this.#reading.subscribed(frame, past);
    this.sync();
  }

  /** Until the wire was asked again it speaks of the reading before. */
  frame(frame: Told): void {
    if (this.#wire === 'on' && this.#asked.generation === this.#generation) this.#reading.frame(frame);
  }

  /** The gateway refuses it, or has ended it; `widening`: refuses to tell who is present, as if it had from the beginning. */
  refused(error: TidegateError, widening?: boolean): void {
    if (!widening) this.#wire = 'off';
    else if (this.#wire === 'on') this.#asked.presence = false;
    else return;
    if (error.retryable) {
      clearTimeout(this.#retry);
      this.#retry = setTimeout(() => {
        this.#retry = undefined;
        this.sync();
      }, pauseAfter(error, this.#attempt++));
      return;
    }
    this.#presence = false;
    this.end(error);
    this.sync();
  }

  /** Its listeners hear nothing more. */
  end(error: TidegateError): void {
    this.#audience.end(error);
  }

  /** The wire is asked for what is wanted now. */
  ask(): void {
    this.#asked = { generation: this.#generation, presence: this.#presence };
  }

  /** From here on it is another subscription. */
  #anew(since?: Position, rewind?: number | string): void {
    this.#generation++;
    this.#reading.end();
    this.#audience.forget();
    this.#reading = this.#read(since, rewind);
  }

  #read(since?: Position, rewind?: number | string): Reading {
    const { channel } = this;
    const reader = {
      channel,
      audience: this.#audience,
      // With the codec of then: a key may come later than the first listener.
      read: (wire: WireMessage, epoch: string) => this.codec.read(wire, epoch),
      seen: (id: string, position: Position) => this.#link.seen(channel, id, position),
    };
    return new Reading(reader, since, rewind);
  }
}

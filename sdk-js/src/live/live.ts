import type { Codec } from '../codec.js';
import type { Connection } from '../connection/connection.js';
import { LocalCode, TidegateError } from '../errors.js';
import type { ConnectedFrame, PresenceFrame, Published, ServerFrame, WireMessage, WirePayload } from '../frames.js';
import type { Rest } from '../http/rest.js';
import { Outbox } from '../publish/outbox.js';
import type { Followed, Line } from '../transport/line.js';
import { refused } from '../transport/websocket.js';
import type { Position } from '../types.js';
import { Feed, millis, type FeedLink } from './feed.js';

/** Pages of 1,000 that a gap may take to read. */
const FILL_PAGES = 20;
/** Without a connection being asked for, a publish is tried so often, over REST. */
const REST_ATTEMPTS = 6;

/** Somebody who has entered, and is to stay so. */
interface Entrant {
  opened(still: boolean): void;
}

/** What is alive on the connection: feeds, publishes, presence; brought back on each new line. */
export class Live implements FeedLink {
  connection!: Connection;
  readonly outbox: Outbox;
  private readonly feeds = new Map<string, Feed>();
  private readonly entrants = new Map<string, Entrant>();
  private line: Line | undefined;
  /** Channels that `present` has named so far; undefined: it is not awaited. */
  private present_: Set<string> | undefined;
  private opening: (() => void)[] = [];

  constructor(
    private readonly rest: Rest,
    queueLimit?: number,
  ) {
    this.outbox = new Outbox((channel, messages) => this.publish(channel, messages), () => (this.isLive ? Infinity : REST_ATTEMPTS), queueLimit);
  }

  /** Whether a connection is there or will be. */
  get isLive(): boolean {
    return !['initialized', 'closed', 'failed'].includes(this.connection.state);
  }

  feed(channel: string, codec: Codec): Feed {
    let feed = this.feeds.get(channel);
    if (!feed) {
      feed = new Feed(channel, codec, this);
      feed.onMessage = (id, position) => this.outbox.delivered(channel, id, position);
      this.feeds.set(channel, feed);
    } else if (codec.cipher) feed.codec = codec;
    return feed;
  }

  watch(channel: string, onPresence: ((frame: PresenceFrame) => void) | undefined, codec?: Codec): void {
    const feed = onPresence ? this.feed(channel, codec!) : this.feeds.get(channel);
    if (!feed) return;
    feed.onPresence = onPresence;
    feed.sync();
    if (onPresence) this.connection.connect();
  }

  present(channel: string, entrant: Entrant): void {
    this.entrants.set(channel, entrant);
  }

  absent(channel: string): void {
    this.entrants.delete(channel);
  }

  /** Waits for a connection; what is lost with one is not tried again here, but by whoever is still entered. */
  async presence(channel: string, action: 'enter' | 'update' | 'leave', data: unknown): Promise<void> {
    this.connection.connect();
    while (this.connection.state !== 'connected') {
      await new Promise<void>((resolve) => this.opening.push(resolve));
      if (!this.isLive) throw new TidegateError(LocalCode.closed, `the connection is ${this.connection.state}`, { channel });
    }
    const asked = this.connection.ask({ type: 'presence', channel, action, ...(data !== undefined && { data }) });
    if (!asked) throw new TidegateError(40000, 'presence is entered over a WebSocket only', { status: 400, channel });
    await asked;
  }

  opened(line: Line, connected: ConnectedFrame): void {
    this.line = line;
    this.present_ = new Set();
    for (const feed of [...this.feeds.values()]) {
      if (line.transport === 'poll') feed.goesOn();
      feed.sync();
    }
    this.follow();
    if (!connected.resumed) this.members();
    this.outbox.go();
    this.awake();
  }

  frame(frame: ServerFrame): void {
    switch (frame.type) {
      case 'subscribed':
        return this.feeds.get(frame.channel)?.subscribed(frame, !this.line?.send);
      case 'message':
        return this.feeds.get(frame.channel)?.message(frame);
      case 'skipped':
        return this.feeds.get(frame.channel)?.skipped(frame.seq);
      case 'discontinuity':
        return this.feeds.get(frame.channel)?.discontinuity(frame);
      case 'presence':
        return this.feeds.get(frame.channel)?.onPresence?.(frame);
      case 'unsubscribed':
        return this.feeds.get(frame.channel)?.refused(new TidegateError(frame.code, frame.message, { channel: frame.channel }));
      case 'error':
        if (frame.channel !== undefined) this.feeds.get(frame.channel)?.refused(refused(frame));
        return;
      case 'present':
        frame.channels.forEach((channel) => this.present_?.add(channel));
        if (!frame.more) this.members();
    }
  }

  down(): void {
    this.line = undefined;
    this.feeds.forEach((feed) => feed.down());
  }

  ended(error: TidegateError): void {
    this.down();
    this.feeds.forEach((feed) => feed.failed(error, true));
    if (this.connection.state === 'closed') this.feeds.clear();
    this.outbox.fail(error);
    this.awake();
  }

  subscribe(feed: Feed): void {
    if (this.line?.send) this.line.send({ type: 'subscribe', ...feed.asking() });
    else this.follow();
  }

  unsubscribe(feed: Feed): void {
    if (!this.line?.send) return this.follow();
    feed.leaving();
    // A line that is lost meanwhile has put the feed off already.
    this.connection.ask({ type: 'unsubscribe', channel: feed.channel })?.then(
      () => feed.left(),
      () => undefined,
    );
  }

  followed(): readonly Followed[] {
    return [...this.feeds.values()].filter(({ wanted }) => wanted).map((feed) => feed.followed());
  }

  follow(): void {
    this.line?.follow?.(this.followed());
  }

  idle(feed: Feed): void {
    if (this.feeds.get(feed.channel) === feed) this.feeds.delete(feed.channel);
    this.follow();
  }

  async between(feed: Feed, from: Position, to: Position): Promise<readonly WireMessage[]> {
    return this.history(feed, { direction: 'forward', from: from.seq + 1 }, to, Infinity);
  }

  async back(feed: Feed, rewind: number | string, to: Position): Promise<readonly WireMessage[]> {
    const far = typeof rewind === 'number' ? { from: Math.max(1, to.seq - rewind + 1) } : { start: Date.now() - millis(rewind) };
    return this.history(feed, { direction: 'forward', ...far }, to, Infinity);
  }

  private async history(feed: Feed, query: { direction: string; from?: number; start?: number }, to: Position, most: number): Promise<readonly WireMessage[]> {
    const found: WireMessage[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < FILL_PAGES; page++) {
      const answer = await this.rest.call<{ items: readonly WireMessage[]; next: string | null }>('GET', `/v1/channels/${encodeURIComponent(feed.channel)}/messages`, undefined, { ...query, limit: 1000, cursor });
      for (const message of answer.items) if (message.seq <= to.seq && found.length < most) found.push(message);
      if (answer.next === null || (answer.items.at(-1)?.seq ?? 0) >= to.seq) return found;
      cursor = answer.next;
    }
    throw new TidegateError(LocalCode.contractBroken, 'the gap is too large to be read');
  }

  /** Whoever has entered and is not a member any more enters again. */
  private members(): void {
    const still = this.present_ ?? new Set();
    this.present_ = undefined;
    for (const [channel, entrant] of this.entrants) entrant.opened(still.has(channel));
  }

  private awake(): void {
    this.opening.splice(0).forEach((resolve) => resolve());
  }

  private publish(channel: string, messages: readonly WirePayload[]): Promise<Published> | undefined {
    const { state } = this.connection;
    if (this.isLive && state !== 'connected') return undefined;
    // The shape is the contract's (asyncapi.yaml, PublishedReply).
    const asked = this.connection.ask({ type: 'publish', channel, messages }) as Promise<unknown> | undefined;
    return (asked ?? this.rest.call('POST', `/v1/channels/${encodeURIComponent(channel)}/messages`, messages, undefined, 1)) as Promise<Published>;
  }
}

import type { Codec } from '../codec.js';
import type { Connection } from '../connection/connection.js';
import { TidegateError, asTidegateError, refused } from '../errors.js';
import type { ConnectedFrame, Published, ServerFrame, WirePayload } from '../frames.js';
import type { Rest } from '../http/rest.js';
import { Rooms } from '../presence/rooms.js';
import { Outbox } from '../publish/outbox.js';
import type { Followed, Line } from '../transport/line.js';
import { FRAME_TOO_LARGE } from '../transport/websocket.js';
import type { Member, Position, PresenceEvent } from '../types.js';
import { Feed, type FeedLink } from './feed.js';

/** Without a connection being asked for, a publish is tried so often, over REST. */
const REST_ATTEMPTS = 6;
/** The gateway could not: its store is away, or the answer was. */
const UNSUBSCRIBE_AGAIN_MS = 1_000;
const ALREADY_SUBSCRIBED = 40904;

/** What is alive on the connection: feeds, publishes, presence; brought back on each new line. */
export class Live implements FeedLink {
  connection!: Connection;
  readonly outbox: Outbox;
  readonly rooms = new Rooms(() => this.connection);
  readonly #rest: Rest;
  readonly #feeds = new Map<string, Feed>();
  #line: Line | undefined;

  constructor(rest: Rest, queueLimit?: number) {
    this.#rest = rest;
    this.outbox = new Outbox((channel, messages) => this.#publish(channel, messages), () => (this.connection.isWanted ? Infinity : REST_ATTEMPTS), queueLimit);
  }

  feed(channel: string, codec: Codec): Feed {
    let feed = this.#feeds.get(channel);
    if (!feed) {
      feed = new Feed(channel, codec, this);
      this.#feeds.set(channel, feed);
    } else if (codec.encrypts) feed.codec = codec;
    return feed;
  }

  /** Has it told who is present. @returns ends it */
  watch<P>(channel: string, codec: Codec, listener: (members: readonly Member<P>[], event: PresenceEvent<P>) => void): () => void {
    const room = this.rooms.of(channel);
    const stop = room.on(listener);
    this.feed(channel, codec).watch(true);
    this.connection.connect();
    return () => {
      stop();
      if (room.isHeard || this.rooms.known(channel) !== room) return;
      this.#feeds.get(channel)?.watch(false);
      if (!this.#feeds.has(channel)) this.rooms.untold(channel);
    };
  }

  opened(line: Line, connected: ConnectedFrame): void {
    this.#line = line;
    for (const feed of [...this.#feeds.values()]) {
      if (line.transport === 'poll') feed.goesOn();
      feed.sync();
    }
    this.follow();
    this.rooms.opened(connected.resumed);
    this.outbox.go();
  }

  frame(frame: ServerFrame): void {
    if (frame.type === 'present') return this.rooms.present(frame.channels, frame.more === true);
    if (!('channel' in frame) || frame.channel === undefined) return;
    const feed = this.#feeds.get(frame.channel);
    const room = this.rooms.known(frame.channel);
    switch (frame.type) {
      case 'subscribed':
        feed?.subscribed(frame, this.#line?.past);
        return room?.told(feed?.tellsPresence === true);
      case 'message':
      case 'skipped':
      case 'discontinuity':
        return feed?.frame(frame);
      case 'presence':
        return room?.heard(frame);
      case 'unsubscribed':
        return feed?.refused(new TidegateError(frame.code, frame.message, { channel: frame.channel }));
      case 'error':
        return feed?.refused(refused(frame));
    }
  }

  down(): void {
    this.#line = undefined;
    for (const feed of this.#feeds.values()) feed.down();
  }

  ended(error: TidegateError): void {
    const isClosed = this.connection.state === 'closed';
    this.down();
    for (const feed of this.#feeds.values()) feed.end(error);
    if (isClosed) this.#feeds.clear();
    this.outbox.fail(error);
    this.rooms.ended(error, isClosed);
  }

  subscribe(feed: Feed): void {
    if (this.#line?.send) this.#line.send({ type: 'subscribe', ...feed.asking() });
    else this.follow();
  }

  unsubscribe(feed: Feed): void {
    if (!this.#line?.send) return this.follow();
    const line = this.#line;
    feed.leaving();
    this.connection.ask({ type: 'unsubscribe', channel: feed.channel })?.then(
      () => feed.left(),
      (thrown: unknown) => {
        // A line that is lost has put the feed off already; on one that is still there it is asked again.
        if (this.#line === line) setTimeout(() => this.#line === line && this.unsubscribe(feed), asTidegateError(thrown).retryAfter ?? UNSUBSCRIBE_AGAIN_MS);
      },
    );
    // To the gateway it is to leave presence, too: who is to stay enters again, right behind it.
    this.rooms.known(feed.channel)?.lost();
  }

  widen(feed: Feed): void {
    if (!this.#line?.send) return this.follow();
    feed.ask();
    const { channel } = feed;
    // From here on whatever is told of it is new: nothing was before.
    this.rooms.known(channel)?.told(true);
    this.connection.ask({ type: 'subscribe', channel, presence: true })?.catch((error: TidegateError) => {
      // What was asked twice, as the first answer was late, is told already.
      if (error.code !== ALREADY_SUBSCRIBED) feed.refused(error, true);
    });
  }

  followed(): readonly Followed[] {
    return [...this.#feeds.values()].filter(({ wanted }) => wanted).map((feed) => feed.followed());
  }

  follow(): void {
    this.#line?.follow?.(this.followed());
  }

  idle(feed: Feed): void {
    if (this.#feeds.get(feed.channel) === feed) {
      this.#feeds.delete(feed.channel);
      this.rooms.untold(feed.channel);
    }
    this.follow();
  }

  seen(channel: string, id: string, position: Position): void {
    this.outbox.delivered(channel, id, position);
  }

  /** Over the connection when it is to be there, waiting for it; else over REST, which takes what is too large for a frame, too. */
  #publish(channel: string, messages: readonly WirePayload[]): Promise<Published> | undefined {
    if (this.connection.isWanted && this.connection.state !== 'connected') return undefined;
    const post = (): Promise<Published> => this.#rest.call('POST', `/v1/channels/${encodeURIComponent(channel)}/messages`, messages, undefined, 1);
    // The shape is the contract's (asyncapi.yaml, PublishedReply).
    const asked = this.connection.ask({ type: 'publish', channel, messages }) as Promise<unknown> | undefined;
    if (!asked) return post();
    return asked.catch((thrown: unknown) => {
      if (asTidegateError(thrown).code === FRAME_TOO_LARGE) return post();
      throw thrown;
    }) as Promise<Published>;
  }
}

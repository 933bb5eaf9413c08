import type { Codec } from '../codec.js';
import { fullJitter } from '../connection/backoff.js';
import { LocalCode, TidegateError, asTidegateError } from '../errors.js';
import type { DiscontinuityFrame, MessageFrame, PresenceFrame, SubscribedFrame, WireMessage } from '../frames.js';
import type { Followed } from '../transport/line.js';
import type { Discontinuity, Message, Position } from '../types.js';
import { Cursor } from './cursor.js';
import type { LocalSubscription } from './subscription.js';

/** What a feed keeps for a listener that comes later and wants to rewind: a second component on the same page. */
const KEPT = 100;
/** What may arrive while history is read: past that the feed does not fill the gap but says so. */
const HELD = 10_000;

/** How a feed reaches the gateway. */
export interface FeedLink {
  subscribe(feed: Feed): void;
  unsubscribe(feed: Feed): void;
  /** Streams: the set of channels has changed. */
  follow(): void;
  /** Messages behind `from` up to `to`, oldest first. */
  between(feed: Feed, from: Position, to: Position): Promise<readonly WireMessage[]>;
  /** A rewind that a stream could not do for one of its channels. */
  back(feed: Feed, rewind: number | string, to: Position): Promise<readonly WireMessage[]>;
  /** Nobody wants it any more. */
  idle(feed: Feed): void;
}

type Wire = 'off' | 'asking' | 'on' | 'leaving';

/** One channel as this client receives it: one subscription on the wire, any number of listeners. */
export class Feed {
  private readonly listeners = new Set<LocalSubscription<unknown>>();
  private readonly kept: Message[] = [];
  private cursor: Cursor;
  private wire: Wire = 'off';
  /** What the wire was asked for. */
  private asked = { generation: 0, presence: false };
  private generation = 1;
  private rewind: number | string | undefined;
  private attempt = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  /** While history is read: what came meanwhile. */
  private held: (() => void)[] | undefined;
  /** Deliveries in order, once one of them has to be decrypted. */
  private tail: Promise<void> | undefined;
  /** Hears of presence; set by the channel's presence while somebody listens to it. */
  onPresence: ((frame: PresenceFrame) => void) | undefined;
  /** Every message before it is delivered: it confirms what was published here. */
  onMessage: ((id: string, position: Position) => void) | undefined;

  constructor(
    readonly channel: string,
    public codec: Codec,
    private readonly link: FeedLink,
  ) {
    this.cursor = new Cursor(channel);
  }

  get wanted(): boolean {
    return this.listeners.size > 0 || this.onPresence !== undefined;
  }

  get position(): Position | undefined {
    return this.cursor.position;
  }

  add(subscription: LocalSubscription<unknown>): void {
    const first = this.listeners.size === 0;
    this.listeners.add(subscription);
    const { since, rewind } = subscription.options;
    if (first && (this.wire === 'off' || since !== undefined || rewind !== undefined)) this.anew(since, rewind);
    else if (this.wire === 'on') queueMicrotask(() => this.late(subscription));
    this.sync();
  }

  remove(subscription: LocalSubscription<unknown>): void {
    if (this.listeners.delete(subscription)) this.sync();
  }

  /** Presence is wanted, or not any more. */
  sync(): void {
    if (!this.wanted) {
      clearTimeout(this.retry);
      this.retry = undefined;
      this.anew(undefined, undefined);
      if (this.wire === 'off') return this.link.idle(this);
    }
    if (this.retry !== undefined) return;
    const right = this.wanted && this.asked.generation === this.generation && (this.asked.presence || !this.onPresence);
    if (this.wire === 'off') this.link.subscribe(this);
    else if (this.wire === 'on' && !right) this.link.unsubscribe(this);
    else this.link.follow();
  }

  /** What a stream is to carry for it. */
  followed(): Followed {
    return { channel: this.channel, generation: this.generation, presence: this.onPresence !== undefined, ...(this.rewind !== undefined && this.position === undefined && { rewind: this.rewind }) };
  }

  /** What a `subscribe` frame says. */
  asking(): { readonly channel: string; readonly since?: Position; readonly rewind?: number | string; readonly presence?: true } {
    this.wire = 'asking';
    this.asked = { generation: this.generation, presence: this.onPresence !== undefined };
    const since = this.position;
    return { channel: this.channel, ...(since ? { since } : this.rewind !== undefined && { rewind: this.rewind }), ...(this.asked.presence && { presence: true }) };
  }

  leaving(): void {
    this.wire = 'leaving';
  }

  left(): void {
    if (this.wire === 'leaving') this.wire = 'off';
    this.sync();
  }

  /** The line is gone; where it stands is kept. */
  down(): void {
    this.wire = 'off';
    clearTimeout(this.retry);
    this.retry = undefined;
  }

  /** A poll that goes on at its position is not told `subscribed` again. */
  goesOn(): void {
    if (this.position !== undefined && this.asked.generation === this.generation) this.wire = 'on';
  }

  /** @param stream whether it came over a line that takes no positions */
  subscribed(frame: SubscribedFrame, stream: boolean): void {
    if (stream) this.asked = { generation: this.generation, presence: this.onPresence !== undefined };
    this.wire = 'on';
    this.attempt = 0;
    if (this.asked.generation === this.generation) {
      const fresh = this.position === undefined;
      const beginning = this.cursor.subscribed(frame);
      if (beginning.type === 'jump') this.jump(beginning.jump);
      if (beginning.type === 'behind') void this.fill(beginning.to, this.link.between(this, beginning.from, beginning.to), beginning.from);
      const served = stream && fresh && this.rewind !== undefined && !frame.rewound;
      if (served) void this.fill(frame, this.link.back(this, this.rewind!, frame));
      for (const listener of this.listeners) {
        if (!served) listener.position ??= this.position;
        listener.begun();
      }
    }
    this.sync();
  }

  message(frame: MessageFrame): void {
    if (this.held) return this.hold(() => this.message(frame));
    if (this.wire !== 'on' || this.asked.generation !== this.generation) return;
    const { deliver, jump } = this.cursor.message(frame);
    if (jump) this.jump(jump);
    if (deliver) this.deliver(frame, this.position!);
  }

  skipped(seq: number): void {
    if (this.held) return this.hold(() => this.skipped(seq));
    this.cursor.skipped(seq);
  }

  discontinuity(frame: DiscontinuityFrame): void {
    if (this.held) return this.hold(() => this.discontinuity(frame));
    this.jump(this.cursor.discontinuity(frame));
  }

  /** The gateway refuses it, or has ended it. */
  refused(error: TidegateError): void {
    this.wire = 'off';
    if (error.retryable) {
      this.retry = setTimeout(() => {
        this.retry = undefined;
        this.sync();
      }, error.retryAfter ?? fullJitter(this.attempt++, Math.random()));
      return;
    }
    this.failed(error, true);
    this.listeners.clear();
    this.onPresence = undefined;
    this.sync();
  }

  failed(error: TidegateError, final: boolean): void {
    for (const listener of [...this.listeners]) listener.failed(error, final);
  }

  /** From here on it is another subscription. */
  private anew(since: Position | undefined, rewind: number | string | undefined): void {
    this.generation++;
    this.cursor = new Cursor(this.channel, since);
    this.rewind = rewind;
    this.kept.length = 0;
    this.held = undefined;
  }

  /** A listener that finds the channel running: its past is what was kept here. */
  private late(subscription: LocalSubscription<unknown>): void {
    if (!this.listeners.has(subscription)) return;
    const { since, rewind } = subscription.options;
    const oldest = this.kept[0]?.seq ?? (this.position?.seq ?? 0) + 1;
    let past: readonly Message[] = [];
    if (typeof rewind === 'number') past = this.kept.slice(-rewind);
    else if (rewind !== undefined) past = this.kept.filter(({ timestamp }) => timestamp >= Date.now() - millis(rewind));
    else if (since) {
      if (since.seq + 1 < oldest && this.position) subscription.jumped({ channel: this.channel, reason: 'retention', from: since, to: { ...this.position, seq: oldest - 1 } });
      past = this.kept.filter(({ seq }) => seq > since.seq);
    }
    subscription.begun();
    for (const message of past) subscription.deliver(message);
    subscription.position ??= this.position;
  }

  private jump(jump: Discontinuity): void {
    this.then(() => this.listeners.forEach((listener) => listener.jumped(jump)));
  }

  private deliver(wire: WireMessage, position: Position): void {
    this.onMessage?.(wire.id, position);
    const read = this.codec.read(wire, position.epoch);
    if (!(read instanceof Promise)) return this.then(() => this.hand(read));
    const { generation } = this;
    const settled = read.then(
      (message) => () => this.hand(message),
      (thrown: unknown) => () => this.listeners.forEach((listener) => listener.undelivered(asTidegateError(thrown, LocalCode.decryptionFailed))),
    );
    const tail: Promise<void> = (this.tail ?? Promise.resolve()).then(async () => {
      const hand = await settled;
      if (generation === this.generation) hand();
      if (this.tail === tail) this.tail = undefined;
    });
    this.tail = tail;
  }

  private hand(message: Message): void {
    this.kept.push(message);
    if (this.kept.length > KEPT) this.kept.shift();
    for (const listener of [...this.listeners]) {
      // One that came late has had it from what is kept.
      if (listener.position === undefined || message.seq > listener.position.seq || message.epoch !== listener.position.epoch) listener.deliver(message);
    }
  }

  /** At once, or behind what is still being decrypted. */
  private then(action: () => void): void {
    if (!this.tail) return action();
    const tail: Promise<void> = this.tail.then(() => {
      action();
      if (this.tail === tail) this.tail = undefined;
    });
    this.tail = tail;
  }

  private hold(action: () => void): void {
    if (this.held!.length < HELD) this.held!.push(action);
  }

  /** Delivers what history has up to `to`, then what came meanwhile. @param from absent for a rewind, of which nothing can be missing */
  private async fill(to: Position, reading: Promise<readonly WireMessage[]>, from?: Position): Promise<void> {
    const held: (() => void)[] = [];
    this.held = held;
    let messages: readonly WireMessage[] = [];
    let complete = from === undefined;
    try {
      messages = await reading;
      complete ||= messages.length > 0 && messages[0]!.seq === from!.seq + 1;
    } catch {
      // No right to read it, or no answer: then it is said that something is missing.
    }
    if (this.held !== held) return;
    this.held = undefined;
    if (!complete) this.jump({ channel: this.channel, reason: 'retention', from: from!, to: messages[0] ? { epoch: messages[0].epoch ?? to.epoch, seq: messages[0].seq - 1 } : to });
    for (const wire of messages) this.deliver(wire, { epoch: wire.epoch ?? to.epoch, seq: wire.seq });
    this.cursor.position = { epoch: to.epoch, seq: to.seq };
    for (const action of held) action();
  }
}

/** `30s`, `2m` or `1h`. */
export function millis(text: string): number {
  const unit = { s: 1_000, m: 60_000, h: 3_600_000 }[text.slice(-1)];
  return Number(text.slice(0, -1)) * (unit ?? NaN);
}

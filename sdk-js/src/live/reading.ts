import { LocalCode, asTidegateError } from '../errors.js';
import type { DiscontinuityFrame, MessageFrame, SkippedFrame, SubscribedFrame, WireMessage } from '../frames.js';
import type { Discontinuity, Message, Position } from '../types.js';
import type { Audience } from './audience.js';
import { Cursor } from './cursor.js';
import { millis } from './millis.js';
import type { Past } from './past.js';
import { Sequence } from './sequence.js';

/** What may arrive while history is read: past that the gap is not filled, but announced. */
const HELD = 10_000;
/** Messages that may wait to be decrypted: past that they are passed over, and the jump is announced. */
const DECRYPTING = 10_000;

/** What moves a reading on. */
export type Told = MessageFrame | SkippedFrame | DiscontinuityFrame;

/** What a reading needs of its channel. */
export interface Reader {
  readonly channel: string;
  readonly audience: Audience;
  read(wire: WireMessage, epoch: string): Message | Promise<Message>;
  /** Each message before it is delivered. */
  seen(id: string, position: Position): void;
}

/** One run of a channel's messages, from where it was begun until it is begun anew: in order, each once, every jump announced. */
export class Reading {
  readonly #reader: Reader;
  readonly #cursor: Cursor;
  readonly #sequence = new Sequence();
  #over = false;
  /** While history is read: what came meanwhile, and what to do when that is too much. */
  #held: { readonly frames: Told[]; readonly give: () => void } | undefined;
  /** While messages are passed over, as too many wait to be decrypted: the last of them. */
  #passed: { to: Position } | undefined;

  /** @param since to go on from */
  constructor(
    reader: Reader,
    since: Position | undefined,
    readonly rewind: number | string | undefined,
  ) {
    this.#reader = reader;
    this.#cursor = new Cursor(reader.channel, since);
  }

  get position(): Position | undefined {
    return this.#cursor.position;
  }

  /** Nothing of it is delivered any more. */
  end(): void {
    this.#over = true;
    this.#held = undefined;
  }

  /** @param past of a line that takes no positions */
  subscribed(frame: SubscribedFrame, past: Past | undefined): void {
    const { channel, audience } = this.#reader;
    const fresh = this.position === undefined;
    const beginning = this.#cursor.subscribed(frame);
    if (beginning.type === 'jump') this.#jump(beginning.jump);
    if (beginning.type === 'behind') void this.#fill(beginning.to, past?.between(channel, beginning.from, beginning.to), beginning.from);
    const { rewind } = this;
    const isRead = past !== undefined && fresh && rewind !== undefined && !frame.rewound;
    if (isRead) void this.#fill(frame, past.back(channel, typeof rewind === 'number' ? rewind : { start: Date.now() - millis(rewind) }, frame));
    audience.begun(isRead ? undefined : this.position);
  }

  frame(frame: Told): void {
    if (this.#held) {
      this.#held.frames.push(frame);
      if (this.#held.frames.length >= HELD) this.#held.give();
    } else if (frame.type === 'discontinuity') this.#jump(this.#cursor.discontinuity(frame));
    else {
      const { deliver, jump } = this.#cursor.message(frame);
      if (jump) this.#jump(jump);
      if (deliver && frame.type === 'message') this.#deliver(frame, this.position!);
    }
  }

  #jump(jump: Discontinuity): void {
    this.#then(undefined, () => this.#reader.audience.jumped(jump));
  }

  #deliver(wire: WireMessage, position: Position): void {
    const { audience } = this.#reader;
    this.#reader.seen(wire.id, position);
    if (this.#passed) return void (this.#passed.to = position);
    if (this.#sequence.size >= DECRYPTING) return this.#pass(position);
    const message = this.#reader.read(wire, position.epoch);
    if (!(message instanceof Promise)) return this.#then(message, (read) => audience.deliver(read));
    const hand = message.then(
      (read) => () => audience.deliver(read),
      (thrown: unknown) => () => audience.undelivered(asTidegateError(thrown, LocalCode.decryptionFailed)),
    );
    this.#then(hand, (delivery) => delivery());
  }

  /** The jump is said when its turn has come: by then it is known how far it goes. */
  #pass(first: Position): void {
    const { audience, channel } = this.#reader;
    const passed = { to: first };
    this.#passed = passed;
    this.#then(undefined, () => {
      this.#passed = undefined;
      audience.jumped({ channel, reason: 'slow', from: { ...first, seq: first.seq - 1 }, to: passed.to, missed: passed.to.seq - first.seq + 1 });
    });
  }

  #then<R>(ready: R | Promise<R>, action: (value: R) => void): void {
    this.#sequence.then(ready, (value) => {
      if (!this.#over) action(value);
    });
  }

  /** Delivers what history has up to `to`, then what came meanwhile. @param from absent for a rewind, of which nothing can be missing */
  async #fill(to: Position, reading: Promise<readonly WireMessage[]> | undefined, from?: Position): Promise<void> {
    let messages: readonly WireMessage[] = [];
    const give = (): void => {
      if (this.#held !== held) return;
      this.#held = undefined;
      const first = messages[0];
      if (from && first?.seq !== from.seq + 1) {
        this.#jump({ channel: this.#reader.channel, reason: 'retention', from, to: first ? { epoch: first.epoch ?? to.epoch, seq: first.seq - 1 } : to });
      }
      for (const wire of messages) this.#deliver(wire, { epoch: wire.epoch ?? to.epoch, seq: wire.seq });
      this.#cursor.position = { epoch: to.epoch, seq: to.seq };
      for (const frame of held.frames) this.frame(frame);
    };
    const held = { frames: [] as Told[], give };
    this.#held = held;
    try {
      messages = (await reading) ?? [];
    } catch {
      // No right to read it, or no answer: then it is said that something is missing.
    }
    give();
  }
}

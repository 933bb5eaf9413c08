import type { DiscontinuityFrame, SubscribedFrame } from '../frames.js';
import type { Discontinuity, Position } from '../types.js';

/** What `subscribed` means for a subscription that had a position. */
export type Beginning =
  | { readonly type: 'on' }
  /** A stream could not be told the position: what lies between is to be read from history. */
  | { readonly type: 'behind'; readonly from: Position; readonly to: Position }
  | { readonly type: 'jump'; readonly jump: Discontinuity };

/** The bookkeeping of one channel (asyncapi.yaml, "Position"): what is delivered, and where to go on. No I/O. */
export class Cursor {
  #epoch: string | undefined;
  #conflated = false;

  readonly #channel: string;

  /** @param position to go on from */
  constructor(
    channel: string,
    public position?: Position,
  ) {
    this.#channel = channel;
  }

  subscribed(frame: SubscribedFrame): Beginning {
    const from = this.position;
    const to = { epoch: frame.epoch, seq: frame.seq };
    this.#epoch = frame.epoch;
    this.#conflated = frame.conflated === true;
    if (from === undefined || frame.resumed || (from.epoch === to.epoch && from.seq === to.seq)) {
      // Resumed: exactly at the position, which an older epoch may name.
      if (from === undefined || !frame.resumed) this.position = to;
      return { type: 'on' };
    }
    if (frame.reason === undefined && from.epoch === to.epoch && from.seq < to.seq) return { type: 'behind', from, to };
    this.position = to;
    return { type: 'jump', jump: { channel: this.#channel, reason: frame.reason ?? 'epoch', from, to } };
  }

  /** Also of one that is skipped. @returns whether it is to be delivered, and what is to be said first */
  message(frame: { readonly seq: number; readonly epoch?: string | undefined }): { readonly deliver: boolean; readonly jump?: Discontinuity } {
    const from = this.position;
    const to = { epoch: frame.epoch ?? this.#epoch ?? from?.epoch ?? '', seq: frame.seq };
    if (from !== undefined && frame.seq <= from.seq) return { deliver: false };
    this.position = to;
    // The server says of every jump itself; should it ever fail to, nobody is to take it for none.
    if (from === undefined || this.#conflated || frame.seq === from.seq + 1) return { deliver: true };
    return { deliver: true, jump: { channel: this.#channel, reason: 'loss', from, to: { ...to, seq: to.seq - 1 }, missed: to.seq - 1 - from.seq } };
  }

  discontinuity(frame: DiscontinuityFrame): Discontinuity {
    const from = frame.from ?? this.position;
    const to = { epoch: frame.epoch, seq: frame.seq };
    this.#epoch = frame.epoch;
    this.position = to;
    return { channel: this.#channel, reason: frame.reason, to, ...(from && { from }), ...(frame.missed !== undefined && { missed: frame.missed }) };
  }
}

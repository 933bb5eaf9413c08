import { LocalCode, TidegateError } from '../errors.js';
import type { ErrorFrame, ReplyFrame } from '../frames.js';
import { refused } from '../transport/websocket.js';

interface Waiting {
  resolve(reply: ReplyFrame): void;
  reject(error: TidegateError): void;
}

/** Frames of one line that wait for their answer. What a line took with it may have been carried out or not. */
export class Requests {
  private readonly waiting = new Map<string, Waiting>();
  private last = 0;

  /** @param send gets the frame's id */
  ask(send: (id: string) => void): Promise<ReplyFrame> {
    const id = String(++this.last);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      send(id);
    });
  }

  /** @returns whether somebody waited for it */
  answered(frame: ReplyFrame | ErrorFrame): boolean {
    const waiting = this.waiting.get(frame.id ?? '');
    if (waiting === undefined) return false;
    this.waiting.delete(frame.id!);
    if (frame.type === 'reply') waiting.resolve(frame);
    else waiting.reject(refused(frame));
    return true;
  }

  /** The line is gone. */
  lost(): void {
    for (const { reject } of this.waiting.values()) reject(new TidegateError(LocalCode.noAnswer, 'the connection was lost before the answer'));
    this.waiting.clear();
  }
}

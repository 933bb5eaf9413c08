import { LocalCode, TidegateError, refused } from '../errors.js';
import type { AnswerFrame, ErrorFrame } from '../frames.js';

interface Waiting {
  resolve(reply: AnswerFrame): void;
  reject(error: TidegateError): void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/**
 * Frames of one line that wait for their answer; what was not answered may have been carried out or not. As many as
 * who asks has under way: one publish for each channel of the bounded outbox, what waits of presence, one of each feed.
 */
export class Requests {
  readonly #waiting = new Map<string, Waiting>();
  readonly #timeoutMs: number;
  #last = 0;

  /** @param timeoutMs how long an answer may take: one may be lost though its line is not */
  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /** @param send gets the frame's id */
  ask(send: (id: string) => void): Promise<AnswerFrame> {
    const id = String(++this.#last);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#take(id)?.reject(new TidegateError(LocalCode.timeout, `no answer within ${this.#timeoutMs} ms`)), this.#timeoutMs);
      this.#waiting.set(id, { resolve, reject, timer });
      // What cannot be sent rejects at once, and is forgotten in time.
      send(id);
    });
  }

  /** One that comes too late is heard by nobody. */
  answered(frame: AnswerFrame | ErrorFrame): void {
    const waiting = this.#take(frame.id ?? '');
    if (frame.type === 'error') waiting?.reject(refused(frame));
    else waiting?.resolve(frame);
  }

  /** The line is gone. */
  lost(why: TidegateError): void {
    for (const id of [...this.#waiting.keys()]) this.#take(id)!.reject(why);
  }

  #take(id: string): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    clearTimeout(waiting?.timer);
    this.#waiting.delete(id);
    return waiting;
  }
}

import { LocalCode, TidegateError } from '../errors.js';

/** One event of a stream (WHATWG HTML, 9.2.6): its data, and the id that it carried. */
export interface StreamEvent {
  readonly data: string;
  readonly id?: string;
}

/** A frame is 64 kB, a page of members far less than this: what goes on without an end of line is no stream of ours. */
const MOST_CHARACTERS = 1_048_576;

/** Takes a stream of text apart into events; comments come as `undefined`, for they too are a sign of life. */
export class EventParser {
  #rest = '';
  #data: string[] = [];
  #id: string | undefined;

  *push(text: string): Generator<StreamEvent | undefined> {
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > MOST_CHARACTERS) throw new TidegateError(LocalCode.contractBroken, 'an event without an end');
    for (const line of lines) {
      if (line === '') {
        if (this.#data.length > 0) yield { data: this.#data.join('\n'), ...(this.#id !== undefined && { id: this.#id }) };
        this.#data = [];
        this.#id = undefined;
      } else if (line.startsWith(':')) {
        yield undefined;
      } else {
        const [, field, value = ''] = /^([^:]*):? ?(.*)$/s.exec(line)!;
        if (field === 'data') this.#data.push(value);
        else if (field === 'id') this.#id = value;
      }
    }
  }
}

/** One event of a stream (WHATWG HTML, 9.2.6): its data, and the id that it carried. */
export interface StreamEvent {
  readonly data: string;
  readonly id?: string;
}

/** Takes a stream of text apart into events; comments come as `undefined`, for they too are a sign of life. */
export class EventParser {
  private rest = '';
  private data: string[] = [];
  private id: string | undefined;

  *push(text: string): Generator<StreamEvent | undefined> {
    const lines = (this.rest + text).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (this.data.length > 0) yield { data: this.data.join('\n'), ...(this.id !== undefined && { id: this.id }) };
        this.data = [];
        this.id = undefined;
      } else if (line.startsWith(':')) {
        yield undefined;
      } else {
        const [, field, value = ''] = /^([^:]*):? ?(.*)$/s.exec(line)!;
        if (field === 'data') this.data.push(value);
        else if (field === 'id') this.id = value;
      }
    }
  }
}

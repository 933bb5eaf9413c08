import { LocalCode, TidegateError } from '../errors.js';
import type { WireMessage } from '../frames.js';
import type { Rest } from '../http/rest.js';
import type { Position } from '../types.js';

/** Pages of 1,000 that a gap may take to read: more is held in memory by nobody. */
const MOST_PAGES = 20;

/** What a line that takes no positions cannot be asked for, from history; oldest first. */
export interface Past {
  /** Messages behind `from` up to `to`. */
  between(channel: string, from: Position, to: Position): Promise<readonly WireMessage[]>;
  /** So many messages, or those since `start` (milliseconds since 1970), up to `to`. */
  back(channel: string, far: number | { readonly start: number }, to: Position): Promise<readonly WireMessage[]>;
}

export function pastFrom(rest: Rest): Past {
  async function read(channel: string, query: { readonly from: number } | { readonly start: number }, to: Position): Promise<readonly WireMessage[]> {
    const found: WireMessage[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const answer = await rest.call<{ items: readonly WireMessage[]; next: string | null }>('GET', `/v1/channels/${encodeURIComponent(channel)}/messages`, undefined, { ...query, direction: 'forward', limit: 1000, cursor });
      for (const message of answer.items) if (message.seq <= to.seq) found.push(message);
      if (answer.next === null || (answer.items.at(-1)?.seq ?? 0) >= to.seq) return found;
      cursor = answer.next;
    }
    throw new TidegateError(LocalCode.contractBroken, 'the gap is too large to be read', { channel });
  }
  return {
    between: (channel, from, to) => read(channel, { from: from.seq + 1 }, to),
    back: (channel, far, to) => read(channel, typeof far === 'number' ? { from: Math.max(1, to.seq - far + 1) } : far, to),
  };
}

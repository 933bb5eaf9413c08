import { isRefusal, kindOf, textOf, type LiveEvent } from './event';

export interface LiveFilter {
  /** Words that all have to occur anywhere in the event; `-word` must not. */
  readonly text: string;
  /** A name's beginning, or with `*` for anything a whole name. */
  readonly channel: string;
  readonly client: string;
  /** Kinds (`message`) or types (`message.refused`); none is all. */
  readonly types: readonly string[];
  readonly refusalsOnly: boolean;
}

export const EVERYTHING: LiveFilter = { text: '', channel: '', client: '', types: [], refusalsOnly: false };

export function isEverything(filter: LiveFilter): boolean {
  return filter.text.trim() === '' && filter.channel === '' && filter.client === '' && filter.types.length === 0 && !filter.refusalsOnly;
}

/** Made once per filter, asked for thousands of events: nothing in it takes longer than the event is long. */
export function predicateOf(filter: LiveFilter): (event: LiveEvent) => boolean {
  const types = new Set(filter.types);
  const channel = glob(filter.channel);
  const client = glob(filter.client);
  const words = filter.text.toLowerCase().split(/\s+/).filter((word) => word !== '' && word !== '-');
  const wanted = words.filter((word) => !word.startsWith('-'));
  const unwanted = words.filter((word) => word.startsWith('-')).map((word) => word.slice(1));
  return (event) => {
    if (filter.refusalsOnly && !isRefusal(event)) return false;
    if (types.size > 0 && !types.has(event.type) && !types.has(kindOf(event.type))) return false;
    if (channel && !channel(textOf(event, 'channel') ?? '')) return false;
    if (client && !client(textOf(event, 'clientId') ?? '')) return false;
    if (words.length === 0) return true;
    const text = searchable(event);
    return wanted.every((word) => text.includes(word)) && !unwanted.some((word) => text.includes(word));
  };
}

/** Without `*` a beginning is enough. No regular expression: what is typed must not be able to make one that never ends. */
function glob(pattern: string): ((text: string) => boolean) | undefined {
  if (pattern === '') return undefined;
  if (!pattern.includes('*')) return (text) => text.startsWith(pattern);
  const parts = pattern.split('*');
  const [first, last] = [parts[0]!, parts[parts.length - 1]!];
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const part of parts.slice(1, -1)) {
      const found = text.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= text.length - last.length;
  };
}

/** Made when it is first looked for, and gone with its event. */
const texts = new WeakMap<LiveEvent, string>();

function searchable(event: LiveEvent): string {
  let text = texts.get(event);
  if (text === undefined) {
    text = `${event.type} ${JSON.stringify(event.data)}`.toLowerCase();
    texts.set(event, text);
  }
  return text;
}

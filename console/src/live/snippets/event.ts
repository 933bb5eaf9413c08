import { java, javascript, shell } from '@/snippets/quote';
import { segment } from '@/snippets/url';
import { kindOf, RECEIVED, textOf, type LiveEvent } from '../event';
import { javaProgram, javascriptProgram, publishSnippets, type Publication, type Snippets } from './publication';

/** What an event can be copied as, and whether it is the whole of it. */
export interface EventSnippets {
  readonly snippets: Snippets;
  /** What stands in for something that the log does not tell. */
  readonly note?: string;
}

/** A preview that is shorter than that is all of it. */
const PREVIEW = 1_000;

/** A message with what it carries, as it can be published again; undefined for an event of which that is not known. */
export function publicationOf(event: Pick<LiveEvent, 'type' | 'data'>): Publication | undefined {
  const { channel, name, encoding, headers, data: body } = event.data;
  if (typeof channel !== 'string') return undefined;
  if (event.type === 'message.published') return previewed(channel, event.data);
  if (event.type !== RECEIVED) return undefined;
  return {
    channel,
    data: body ?? null,
    ...(typeof name === 'string' && { name }),
    ...(typeof encoding === 'string' && { encoding }),
    // Without its clientId: a key may publish in anybody's name, and whoever copies it is somebody else.
    ...(typeof headers === 'object' && headers !== null && { headers: headers as Record<string, string> }),
  };
}

/** From what the log shows of the one message that was published, if that is the whole of it. */
function previewed(channel: string, { preview, name, messages }: LiveEvent['data']): Publication | undefined {
  if (typeof preview !== 'string' || preview.length >= PREVIEW || messages !== 1) return undefined;
  return { channel, ...(typeof name === 'string' && { name }), data: parsed(preview) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** The same again, or a look at it; undefined for what nobody can do. */
export function eventSnippets(url: string, event: LiveEvent): EventSnippets | undefined {
  const publication = publicationOf(event);
  if (publication) {
    return { snippets: publishSnippets(url, publication), ...(event.type !== RECEIVED && { note: 'Made of the log\'s preview, in which what looks like a secret is masked; headers are not told.' }) };
  }
  const channel = textOf(event, 'channel');
  const kind = kindOf(event.type);
  const operation = textOf(event, 'operation');
  if (channel !== undefined) {
    if (kind === 'message' || operation === 'publish') {
      return { snippets: publishSnippets(url, { channel, data: { text: 'Hello' } }), note: 'The log does not tell all that was published: put your own data in.' };
    }
    if (kind === 'presence' || operation === 'presence') return { snippets: presenceSnippets(url, channel) };
    return { snippets: subscribeSnippets(url, channel) };
  }
  const client = textOf(event, 'clientId');
  if (kind === 'connection' && client !== undefined) return { snippets: connectionsSnippets(url, client) };
  return undefined;
}

export function subscribeSnippets(url: string, channel: string): Snippets {
  return {
    curl: `curl -N ${shell(`${url}/v1/sse?channel=${segment(channel)}`)} \\\n  -u "$TIDEGATE_KEY"`,
    java: javaProgram(url, [`tidegate.channel(${java(channel)}).subscribe(message -> System.out.println(message.json()));`, 'Thread.currentThread().join();']),
    javascript: javascriptProgram(url, [`tidegate.channel(${javascript(channel)}).subscribe(({ data, clientId }) => console.log(clientId, data));`]),
  };
}

function presenceSnippets(url: string, channel: string): Snippets {
  return {
    curl: `curl ${shell(`${url}/v1/channels/${segment(channel)}/presence`)} \\\n  -u "$TIDEGATE_KEY"`,
    java: javaProgram(url, [`tidegate.channel(${java(channel)}).presence().get().forEach(System.out::println);`]),
    javascript: javascriptProgram(url, [`tidegate.channel(${javascript(channel)}).presence.subscribe((members) => console.log(members));`]),
  };
}

function connectionsSnippets(url: string, client: string): Snippets {
  const address = `${url}/v1/connections?clientId=${segment(client)}`;
  return {
    curl: `curl ${shell(address)} \\\n  -u "$TIDEGATE_KEY"`,
    java: javaProgram(url, [`tidegate.connections().list(${java(client)}).forEach(System.out::println);`]),
    javascript: [`const answer = await fetch(${javascript(address)}, {`, '  headers: { Authorization: `Basic ${btoa(process.env.TIDEGATE_KEY)}` },', '});', 'console.log(await answer.json());'].join('\n'),
  };
}

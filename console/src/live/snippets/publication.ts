import { java, javascript, json, shell } from '@/snippets/quote';
import { segment } from '@/snippets/url';

/** What is published, or was: a message as the console has it. */
export interface Publication {
  readonly channel: string;
  readonly name?: string | undefined;
  readonly data: unknown;
  readonly encoding?: string | undefined;
  readonly clientId?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export type Language = 'curl' | 'java' | 'javascript';

/** A program that does one thing; its key is left to whoever runs it. */
export type Snippets = Readonly<Record<Language, string>>;

/** As `CodeBlock` takes them. */
export function blocks({ curl, java, javascript }: Snippets): { name: string; code: string }[] {
  return [
    { name: 'curl', code: curl },
    { name: 'Java', code: java },
    { name: 'JavaScript', code: javascript },
  ];
}

/** As it is sent: without an id, so that it is another message each time it is run. */
export function bodyOf({ name, data, encoding, clientId, headers }: Publication): Record<string, unknown> {
  const all = { name, data, encoding, clientId, headers };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** @param url the gateway, such as `https://gate.example.com` */
export function publishSnippets(url: string, message: Publication): Snippets {
  return { curl: curl(url, message), java: javaOf(url, message), javascript: javascriptOf(url, message) };
}

function curl(url: string, message: Publication): string {
  return [
    `curl ${shell(`${url}/v1/channels/${segment(message.channel)}/messages`)}`,
    `  -u "$TIDEGATE_KEY"`,
    `  -H 'Content-Type: application/json'`,
    // `--data-raw`: what begins with @ is no name of a file.
    `  --data-raw ${shell(json(bodyOf(message)))}`,
  ].join(' \\\n');
}

function javaOf(url: string, message: Publication): string {
  const { channel, name, data, encoding, clientId, headers } = message;
  const value = typeof data === 'string' ? java(data) : `JsonMapper.builtIn().read(${java(json(data))}, Object.class)`;
  const made = encoding === undefined ? [`OutgoingMessage.of(${value})`, ...(name === undefined ? [] : [`.named(${java(name)})`])] : [`new OutgoingMessage(${name === undefined ? 'null' : java(name)}, ${value}, null, null, Map.of(), ${java(encoding)}, null)`];
  if (clientId !== undefined) made.push(`.from(${java(clientId)})`);
  for (const [header, text] of Object.entries(headers ?? {})) made.push(`.header(${java(header)}, ${java(text)})`);
  return javaProgram(url, [`tidegate.channel(${java(channel)})`, `    .publish(${made.join('\n            ')});`], encoding === undefined ? [] : ['java.util.Map']);
}

/** @param statement lines of one that has a `tidegate` */
export function javaProgram(url: string, statement: readonly string[], imports: readonly string[] = []): string {
  return [
    'import io.tidegate.sdk.*;',
    ...imports.map((name) => `import ${name};`),
    '',
    `try (Tidegate tidegate = Tidegate.builder().url(${java(url)}).key(System.getenv("TIDEGATE_KEY")).build()) {`,
    ...statement.map((line) => `  ${line}`),
    '}',
  ].join('\n');
}

function javascriptOf(url: string, message: Publication): string {
  const { channel, ...rest } = message;
  const payload = Object.fromEntries(Object.entries(rest).filter(([name, value]) => value !== undefined && name !== 'encoding'));
  const bytes = message.encoding === 'base64' && typeof message.data === 'string';
  // Bytes are a Uint8Array to the SDK, which writes their encoding itself; what was encrypted goes over REST as it is.
  if (message.encoding !== undefined && !bytes) return restOf(url, message);
  const text = bytes ? bytesPayload(payload, message.data as string) : javascript(payload);
  return javascriptProgram(url, [`await tidegate.channel(${javascript(channel)}).publish(${text}).confirmed;`, 'tidegate.close();']);
}

function bytesPayload(payload: Record<string, unknown>, base64: string): string {
  const { data: _, ...rest } = payload;
  const others = javascript(rest);
  const bytes = `  data: Uint8Array.from(atob(${javascript(base64)}), (c) => c.charCodeAt(0))`;
  return others === '{}' ? `{\n${bytes}\n}` : `${others.slice(0, -2)},\n${bytes}\n}`;
}

export function javascriptProgram(url: string, lines: readonly string[]): string {
  return ["import { Tidegate } from '@tidegate/sdk';", '', `const tidegate = new Tidegate({ url: ${javascript(url)}, key: process.env.TIDEGATE_KEY });`, ...lines].join('\n');
}

function restOf(url: string, message: Publication): string {
  return [
    `await fetch(${javascript(`${url}/v1/channels/${segment(message.channel)}/messages`)}, {`,
    `  method: 'POST',`,
    `  headers: { 'Content-Type': 'application/json', Authorization: \`Basic \${btoa(process.env.TIDEGATE_KEY)}\` },`,
    `  body: JSON.stringify(${javascript(bodyOf(message), 2, 1)}),`,
    `});`,
  ].join('\n');
}

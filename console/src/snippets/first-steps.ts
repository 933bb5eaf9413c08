import type { Grant } from '../rules/capabilities';
import { sampleFor } from '../rules/sample-channel';
import { java, javascript, shell } from './quote';
import { segment } from './url';

export type Language = 'curl' | 'javascript' | 'java';

export interface Snippet {
  readonly title: string;
  readonly code: string;
}

export interface FirstSteps {
  /** Where the gateway answers, without a slash at its end. */
  readonly url: string;
  readonly channel: string;
  readonly publish: boolean;
  readonly subscribe: boolean;
}

/** What one tries first with a key of these grants; null where it may neither publish nor subscribe. */
export function firstStepsFor(url: string, grants: readonly Grant[]): FirstSteps | null {
  const channel = sampleFor(grants, ['publish', 'subscribe']);
  if (channel === null) return null;
  const some = (operation: 'publish' | 'subscribe'): boolean => sampleFor(grants, [operation]) === channel || grants.some(
    (grant) => grant.operations.includes(operation) && sampleFor([grant], [operation]) === channel,
  );
  return { url, channel, publish: some('publish'), subscribe: some('subscribe') };
}

/** The key is read from the environment: it stays out of files and of the shell's history of commands. */
export const KEY_VARIABLE = 'TIDEGATE_KEY';

/** @param key the whole key while it is shown, else its name with a place for the secret */
export function setKey(key: string): Snippet {
  return { title: 'The key, once per shell', code: `export ${KEY_VARIABLE}=${shell(key)}` };
}

export function snippetsOf(language: Language, steps: FirstSteps): Snippet[] {
  return { curl, javascript: javascriptSnippets, java: javaSnippets }[language](steps);
}

function curl({ url, channel, publish, subscribe }: FirstSteps): Snippet[] {
  const snippets: Snippet[] = [];
  if (subscribe) {
    snippets.push({
      title: 'Listen, in one shell',
      code: `curl -N -u "$${KEY_VARIABLE}" ${shell(`${url}/v1/sse?channel=${segment(channel)}`)}`,
    });
  }
  if (publish) {
    snippets.push({
      title: subscribe ? 'Publish, in another' : 'Publish',
      code: [
        `curl -u "$${KEY_VARIABLE}" -H 'Content-Type: application/json' \\`,
        `  -d '{"name":"greeting","data":{"text":"Hello"}}' \\`,
        `  ${shell(`${url}/v1/channels/${segment(channel)}/messages`)}`,
      ].join('\n'),
    });
  }
  return snippets;
}

function javascriptSnippets({ url, channel, publish, subscribe }: FirstSteps): Snippet[] {
  const lines = [
    `import { Tidegate } from '@tidegate/sdk';`,
    '',
    `// In a backend. A page never has a key: give it tokens.`,
    `const tidegate = new Tidegate({ url: ${javascript(url)}, key: process.env.${KEY_VARIABLE} });`,
    `const channel = tidegate.channel(${javascript(channel)});`,
  ];
  if (subscribe) lines.push(`await channel.subscribe(({ name, data }) => console.log(name, data)).ready;`);
  if (publish) lines.push(`await channel.publish({ name: 'greeting', data: { text: 'Hello' } }).confirmed;`);
  return [{ title: 'hello.mjs, with @tidegate/sdk', code: lines.join('\n') }];
}

function javaSnippets({ url, channel, publish, subscribe }: FirstSteps): Snippet[] {
  const lines = [
    'import io.tidegate.sdk.Tidegate;',
    ...(publish ? ['import java.util.Map;'] : []),
    '',
    `try (var tidegate = Tidegate.builder().url(${java(url)}).key(System.getenv("${KEY_VARIABLE}")).build()) {`,
    `  var channel = tidegate.channel(${java(channel)});`,
  ];
  if (subscribe) lines.push('  channel.subscribe(message -> System.out.println(message.json())).ready().join();');
  if (publish) lines.push('  channel.publish("greeting", Map.of("text", "Hello")); // returns when it is stored');
  if (subscribe) lines.push('  Thread.sleep(60_000); // listening');
  lines.push('}');
  return [{ title: 'With tidegate-sdk', code: lines.join('\n') }];
}

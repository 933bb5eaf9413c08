import type { Grant } from '../rules/capabilities';
import { sampleFor } from '../rules/sample-channel';
import { java, javascript, shell } from './quote';
import { segment } from './url';

/** A first line with a token, to try it: as a page, from a shell, as a Java client. */
export function tokenSnippets(url: string, token: string, grants: readonly Grant[]): { name: string; code: string }[] {
  const reads = sampleFor(grants, ['subscribe']);
  const writes = sampleFor(grants, ['publish']);
  const channel = reads ?? writes ?? 'hello';
  return [
    { name: 'JavaScript', code: javascriptCode(url, token, channel, reads !== null) },
    { name: 'curl', code: reads === null ? publishing(url, token, channel) : listening(url, token, channel) },
    { name: 'Java', code: javaCode(url, token, channel, reads !== null) },
  ];
}

function javascriptCode(url: string, token: string, channel: string, reads: boolean): string {
  return [
    `import { Tidegate } from '@tidegate/sdk';`,
    '',
    `// Later: token: () => fetch('/token').then((answer) => answer.text())`,
    `const token = ${javascript(token)};`,
    `const tidegate = new Tidegate({ url: ${javascript(url)}, token: () => token });`,
    `const channel = tidegate.channel(${javascript(channel)});`,
    reads ? 'channel.subscribe(({ name, data }) => console.log(name, data));' : `await channel.publish({ data: { text: 'Hello' } }).confirmed;`,
  ].join('\n');
}

function listening(url: string, token: string, channel: string): string {
  return `curl -N -H ${shell(`Authorization: Bearer ${token}`)} \\\n  ${shell(`${url}/v1/sse?channel=${segment(channel)}`)}`;
}

function publishing(url: string, token: string, channel: string): string {
  return [
    `curl -H ${shell(`Authorization: Bearer ${token}`)} -H 'Content-Type: application/json' \\`,
    `  -d '{"data":{"text":"Hello"}}' \\`,
    `  ${shell(`${url}/v1/channels/${segment(channel)}/messages`)}`,
  ].join('\n');
}

function javaCode(url: string, token: string, channel: string, reads: boolean): string {
  return [
    'import io.tidegate.sdk.Tidegate;',
    ...(reads ? [] : ['import java.util.Map;']),
    '',
    `try (var tidegate = Tidegate.builder().url(${java(url)}).token(${java(token)}).build()) {`,
    `  var channel = tidegate.channel(${java(channel)});`,
    ...(reads
      ? ['  channel.subscribe(message -> System.out.println(message.json())).ready().join();', '  Thread.sleep(60_000); // listening']
      : ['  channel.publish("greeting", Map.of("text", "Hello"));']),
    '}',
  ].join('\n');
}

import { describe, expect, it } from 'vitest';
import { ofLog, ofMessage, type LiveEvent } from '../event';
import { eventSnippets, publicationOf } from './event';
import { publishSnippets } from './publication';

const URL = 'https://gate.example.com';

function row(arrival: Omit<LiveEvent, 'no'>): LiveEvent {
  return { ...arrival, no: 1 };
}

describe('a message', () => {
  const message = row(ofMessage({ channel: 'chat:room/7', seq: 3, id: 'm3', name: 'line', data: { text: "it's" }, clientId: 'ada', headers: { lang: 'en' }, timestamp: 1 }));

  it('is published again as another one: same data, no id, in nobody\'s name', () => {
    expect(publicationOf(message)).toEqual({ channel: 'chat:room/7', name: 'line', data: { text: "it's" }, headers: { lang: 'en' } });
  });

  it('is copied as three programs, none with a key in it', () => {
    const { curl, java, javascript } = eventSnippets(URL, message)!.snippets;
    expect(curl).toBe(`curl https://gate.example.com/v1/channels/chat:room%2F7/messages \\
  -u "$TIDEGATE_KEY" \\
  -H 'Content-Type: application/json' \\
  --data-raw '{"name":"line","data":{"text":"it'\\''s"},"headers":{"lang":"en"}}'`);
    expect(java).toContain(`OutgoingMessage.of(JsonMapper.builtIn().read("{\\"text\\":\\"it's\\"}", Object.class))`);
    expect(java).toContain('.header("lang", "en")');
    expect(javascript).toContain('await tidegate.channel("chat:room/7").publish({');
    expect(javascript).toContain('text: "it\'s"');
  });

  it('of bytes stays one of bytes', () => {
    const { javascript, java } = publishSnippets(URL, { channel: 'c', data: 'aGk=', encoding: 'base64' });
    expect(javascript).toContain('Uint8Array.from(atob("aGk="), (c) => c.charCodeAt(0))');
    expect(java).toContain('new OutgoingMessage(null, "aGk=", null, null, Map.of(), "base64", null)');
  });

  it('that is encrypted goes as it is', () => {
    const { javascript } = publishSnippets(URL, { channel: 'c', data: 'x', encoding: 'cipher+aes-256-gcm' });
    expect(javascript).toContain('await fetch("https://gate.example.com/v1/channels/c/messages"');
    expect(javascript).toContain('encoding: "cipher+aes-256-gcm"');
  });
});

describe('an event of the log', () => {
  it('of a publish says that its data is not known', () => {
    const of = eventSnippets(URL, row(ofLog({ name: 'message.published', data: { channel: 'a b' }, timestamp: 1 })))!;
    expect(of.snippets.curl).toContain('/v1/channels/a%20b/messages');
    expect(of.note).toContain('not tell');
  });

  it('of a publish that shows all of it is copied as that, and one that is cut off is not', () => {
    const published = (preview: string) => row(ofLog({ name: 'message.published', data: { channel: 'c', name: 'n', messages: 1, preview }, timestamp: 1 }));
    expect(publicationOf(published('{"a":[1]}'))).toEqual({ channel: 'c', name: 'n', data: { a: [1] } });
    expect(publicationOf(published('no JSON'))).toEqual({ channel: 'c', name: 'n', data: 'no JSON' });
    expect(publicationOf(published('x'.repeat(1_000)))).toBeUndefined();
  });

  it('of a subscription is copied as one', () => {
    const { curl, javascript } = eventSnippets(URL, row(ofLog({ name: 'subscription.refused', data: { channel: "x'y", operation: 'subscribe' }, timestamp: 1 })))!.snippets;
    expect(curl).toBe(`curl -N 'https://gate.example.com/v1/sse?channel=x'\\''y' \\\n  -u "$TIDEGATE_KEY"`);
    expect(javascript).toContain('.subscribe(');
  });

  it('that nobody can do again has none', () => {
    expect(eventSnippets(URL, row(ofLog({ name: 'webhook.attempted', data: { webhookId: 'w' }, timestamp: 1 })))).toBeUndefined();
  });
});

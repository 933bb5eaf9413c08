import { afterEach, beforeAll, beforeEach, expect, inject, test, vi } from 'vitest';
import type { Discontinuity, Message, Tidegate } from '../../src/index.js';
import { newApp, type App } from '../support/app.js';
import { Proxy } from '../support/proxy.js';

interface Line {
  readonly text: string;
  readonly n: number;
}

let app: App;
let proxy: Proxy;
const open: Tidegate[] = [];
const soon = { timeout: 60_000, interval: 20 };

beforeAll(async () => {
  app = await newApp();
});
beforeEach(async () => {
  proxy = await Proxy.before(inject('gateway').url);
});
afterEach(async () => {
  open.splice(0).forEach((client) => client.close());
  await proxy.close();
});

function client(options: Parameters<App['client']>[0] = {}): Tidegate {
  const made = app.client({ url: proxy.url, ...options });
  open.push(made);
  return made;
}

const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

async function publishAll(channel: string, from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += 100) {
    const sent = app.backend.channel<Line>(channel).publish(numbers(at, Math.min(to, at + 100)).map((n) => ({ id: `m-${n}`, data: { text: 'x', n } })));
    await Promise.all(sent.map(({ confirmed }) => confirmed));
  }
}

test('AListenerGetsTypedDataAndPositions', async () => {
  const got: Message<Line>[] = [];
  const subscription = client().channel<Line>('typed').subscribe((message) => got.push(message));
  await subscription.ready;
  const sent = app.backend.channel<Line>('typed').publish({ name: 'greeting', data: { text: 'Grüße', n: 1 }, headers: { lang: 'de' } });
  const position = await sent.confirmed;
  await vi.waitFor(() => expect(got).toHaveLength(1), soon);
  expect(got[0]).toMatchObject({ ...position, id: sent.id, channel: 'typed', name: 'greeting', data: { text: 'Grüße', n: 1 }, headers: { lang: 'de' } });
  expect(subscription.position).toEqual(position);
});

test('AnOptimisticMessageIsThereAtOnceAndTheSameIdComesBackOnce', async () => {
  const channel = client().channel<Line>('optimistic');
  const got: Message<Line>[] = [];
  await channel.subscribe((message) => got.push(message)).ready;
  const sent = channel.publish({ data: { text: 'now', n: 1 } });
  expect(sent.state).toBe('pending');
  const position = await sent.confirmed;
  expect(sent).toMatchObject({ state: 'confirmed', status: 'confirmed', seq: position.seq });
  await channel.publish({ data: { text: 'then', n: 2 } }).confirmed;
  await vi.waitFor(() => expect(got.map(({ data }) => data.n)).toEqual([1, 2]), soon);
  expect(got[0]).toMatchObject({ id: sent.id, clientId: 'ada' });
});

test('AnIteratorGetsEveryMessageInOrder', async () => {
  const subscription = client().channel<Line>('iterated').subscribe();
  await subscription.ready;
  await publishAll('iterated', 0, 50);
  const got: number[] = [];
  for await (const message of subscription) if (got.push(message.data.n) === 50) break;
  expect(got).toEqual(numbers(0, 50));
});

test('RewindAndSinceBeginWhereTheySay', async () => {
  await publishAll('past', 0, 10);
  const rewound: number[] = [];
  await client().channel<Line>('past').subscribe(({ data }) => rewound.push(data.n), { rewind: 3 }).ready;
  await vi.waitFor(() => expect(rewound).toEqual([7, 8, 9]), soon);
  const page = await app.backend.channel<Line>('past').history({ direction: 'forward', limit: 5 });
  const { epoch, seq } = page.items[4]!;
  const since: number[] = [];
  await client().channel<Line>('past').subscribe(({ data }) => since.push(data.n), { since: { epoch, seq } }).ready;
  await vi.waitFor(() => expect(since).toEqual([5, 6, 7, 8, 9]), soon);
});

test('HistoryHasPagesAndIterates', async () => {
  await publishAll('history', 0, 25);
  const channel = client().channel<Line>('history');
  const first = await channel.history({ limit: 10 });
  expect(first.items.map(({ data }) => data.n)).toEqual(numbers(15, 25).reverse());
  expect((await first.next!()).items).toHaveLength(10);
  const all: number[] = [];
  for await (const { data } of channel.history({ direction: 'forward', limit: 10 })) all.push(data.n);
  expect(all).toEqual(numbers(0, 25));
});

test('AThousandMessagesPublishedDuringADisconnectionComeOnceAndInOrder', async () => {
  const got: number[] = [];
  const jumps: Discontinuity[] = [];
  const ada = client();
  await ada.channel<Line>('gap').subscribe(({ data }) => got.push(data.n), { onDiscontinuity: (jump) => jumps.push(jump) }).ready;
  await publishAll('gap', 0, 10);
  await vi.waitFor(() => expect(got).toHaveLength(10), soon);
  proxy.down = true;
  proxy.cut();
  await publishAll('gap', 10, 1010);
  proxy.down = false;
  await vi.waitFor(() => expect(got).toHaveLength(1010), soon);
  expect(got).toEqual(numbers(0, 1010));
  expect(jumps).toEqual([]);
});

test('AcknowledgementsLostOnTheWireRepeatNothing', async () => {
  const channel = client().channel<Line>('lost-acks');
  const got: number[] = [];
  await client({ user: 'bob' }).channel<Line>('lost-acks').subscribe(({ data }) => got.push(data.n)).ready;
  // Without a subscription of its own only answers confirm.
  await channel.presence.enter();
  const sent = numbers(0, 20).map((n) => channel.publish({ data: { text: 'a', n } }));
  await Promise.all(sent.map(({ confirmed }) => confirmed));
  proxy.swallow = true;
  const lost = numbers(20, 60).map((n) => channel.publish({ data: { text: 'b', n } }));
  await vi.waitFor(async () => expect((await app.backend.channels.get('lost-acks')).seq).toBeGreaterThan(20), soon);
  expect(lost[0]!.state).toBe('pending');
  proxy.cut();
  proxy.swallow = false;
  await Promise.all(lost.map(({ confirmed }) => confirmed));
  const stored: number[] = [];
  for await (const { data } of app.backend.channel<Line>('lost-acks').history({ direction: 'forward' })) stored.push(data.n);
  expect(stored).toEqual(numbers(0, 60));
  await vi.waitFor(() => expect(got).toEqual(numbers(0, 60)), soon);
});

test('WhatIsPublishedOfflineWaitsAndTheQueueIsBounded', async () => {
  const ada = client({ queueLimit: 5 });
  const channel = ada.channel<Line>('offline');
  await channel.subscribe(() => undefined).ready;
  proxy.down = true;
  proxy.cut();
  await vi.waitFor(() => expect(ada.connection.state).not.toBe('connected'), soon);
  const sent = numbers(0, 6).map((n) => channel.publish({ data: { text: 'c', n } }));
  expect(sent[5]).toMatchObject({ state: 'failed', error: { code: 80001 } });
  proxy.down = false;
  await Promise.all(sent.slice(0, 5).map(({ confirmed }) => confirmed));
  await expect(sent[5]!.confirmed).rejects.toMatchObject({ code: 80001 });
});

test.each(['sse', 'poll'] as const)('ABlockedNetworkFallsBackTo %s AndLosesNothing', async (transport) => {
  proxy.blocked.push('GET /v1/ws', ...(transport === 'poll' ? ['GET /v1/sse'] : []));
  const name = `fallback-${transport}`;
  const ada = client();
  const channel = ada.channel<Line>(name);
  const got: number[] = [];
  await channel.subscribe(({ data }) => got.push(data.n)).ready;
  expect(ada.connection.transport).toBe(transport);
  await channel.publish({ data: { text: 'up', n: 0 } }).confirmed;
  await publishAll(name, 1, 20);
  await vi.waitFor(() => expect(got).toEqual(numbers(0, 20)), soon);
  proxy.down = true;
  proxy.cut();
  await publishAll(name, 20, 200);
  proxy.down = false;
  await vi.waitFor(() => expect(got).toEqual(numbers(0, 200)), soon);
  // Another channel makes another stream: what lies between comes from history.
  await ada.channel('another').subscribe(() => undefined).ready;
  await publishAll(name, 200, 220);
  await vi.waitFor(() => expect(got).toEqual(numbers(0, 220)), soon);
});

test('WithoutAWebSocketOfThePlatformStreamsAreUsed', async () => {
  const ada = client({ WebSocket: undefined, transports: ['sse', 'poll'] });
  await ada.channel('plain').subscribe(() => undefined).ready;
  expect(ada.connection.transport).toBe('sse');
  expect(proxy.upgrades).toBe(0);
});

test('AnExpiringTokenIsRenewedInBand', async () => {
  let tokens = 0;
  // With ample time to renew it: a gateway looks each 5 s whether it has to warn.
  const ttlSeconds = 15;
  const ada = client({ ttlSeconds, onToken: () => tokens++ });
  const over = Date.now() + (ttlSeconds + 5) * 1_000;
  const states: string[] = [];
  const got: number[] = [];
  await ada.channel<Line>('renewed').subscribe(({ data }) => got.push(data.n)).ready;
  ada.connection.on(({ current }) => states.push(current));
  await vi.waitFor(() => expect([tokens >= 3, Date.now() > over]).toEqual([true, true]), soon);
  await publishAll('renewed', 0, 5);
  await vi.waitFor(() => expect(got).toEqual(numbers(0, 5)), soon);
  expect(proxy.upgrades).toBe(1);
  expect(states).toEqual([]);
});

test('ARefusalHasItsCode', async () => {
  const ada = new (await import('../../src/index.js')).Tidegate({ url: proxy.url, key: `${app.key}x` });
  open.push(ada);
  await expect(ada.channel('x').publish({ data: 1 }).confirmed).rejects.toMatchObject({ code: 40101, status: 401 });
  const refused: number[] = [];
  const reader = client({ token: async () => (await app.backend.tokens.create({ capabilities: { 'open': ['subscribe'] } })).token });
  const subscription = reader.channel('secret').subscribe(() => undefined, { onError: ({ code }) => refused.push(code) });
  await expect(subscription.ready).rejects.toMatchObject({ code: 40301 });
  expect(refused).toEqual([40301]);
});

test('BackendsPublishOneManyAndInBatches', async () => {
  const [one, two] = app.backend.channel('many').publish([{ data: 1 }, { data: new Uint8Array([1, 2, 3]) }]);
  expect((await two!.confirmed).seq).toBe((await one!.confirmed).seq + 1);
  const results = await app.backend.publishBatch([{ channels: ['many', 'batch'], messages: [{ data: 'both' }] }]);
  expect(results.map((result) => result.error)).toEqual([undefined, undefined]);
  const page = await app.backend.channel('many').history({ direction: 'forward' });
  expect(page.items.map(({ data }) => data)).toEqual([1, new Uint8Array([1, 2, 3]), 'both']);
  expect((await app.backend.channels.list({ prefix: 'bat' })).items.map(({ channel }) => channel)).toEqual(['batch']);
});

test('EncryptedMessagesAreReadableWithTheKeyOnlyAndNeverSilentlyLost', async () => {
  const cipherKey = crypto.getRandomValues(new Uint8Array(32));
  const secret = client().channel<string>('sealed', { cipherKey });
  const got: string[] = [];
  await secret.subscribe(({ data }) => got.push(data)).ready;
  const failed: number[] = [];
  const blind = client({ user: 'eve' }).channel<string>('sealed').subscribe(() => expect.unreachable(), { onError: ({ code }) => failed.push(code) });
  await blind.ready;
  await secret.publish({ data: 'Grüße' }).confirmed;
  await vi.waitFor(() => expect(got).toEqual(['Grüße']), soon);
  await vi.waitFor(() => expect(failed).toEqual([80002]), soon);
});

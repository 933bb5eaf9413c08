import { afterEach, beforeAll, beforeEach, expect, inject, test, vi } from 'vitest';
import type { OutgoingMessage, Tidegate, TransportName } from '../../src/index.js';
import { newApp, type App } from '../support/app.js';
import { Proxy } from '../support/proxy.js';

let app: App;
let proxy: Proxy;
const uncaught: unknown[] = [];
const note = (thrown: unknown): void => void uncaught.push(thrown);
const soon = { timeout: 60_000, interval: 10 };

beforeAll(async () => {
  app = await newApp();
});
beforeEach(async () => {
  proxy = await Proxy.before(inject('gateway').url);
  uncaught.length = 0;
  process.on('unhandledRejection', note).on('uncaughtException', note);
});
afterEach(async () => {
  process.off('unhandledRejection', note).off('uncaughtException', note);
  await proxy.close();
});

/** Begins everything that takes a while, as a program does that waits for none of it. */
class Careless {
  readonly sent: OutgoingMessage[] = [];
  readonly loops: Promise<unknown>[] = [];
  #n = 0;

  constructor(private readonly client: Tidegate) {}

  begin(): void {
    const { client } = this;
    const channel = client.channel(`careless-${this.#n++}`);
    channel.subscribe(() => undefined, { rewind: 5 });
    channel.subscribe();
    this.loops.push(this.listen(channel.name));
    this.sent.push(channel.publish({ data: 1 }), ...channel.publish([{ data: 2 }, { data: 3 }]));
    this.sent.push(client.channel(`sealed-${this.#n}`, { cipherKey: new Uint8Array(32) }).publish({ data: 'secret' }));
    channel.presence.subscribe(() => undefined);
    channel.presence.enter({ mood: 'careless' });
    channel.presence.update({ mood: 'still' });
    client.channel(`entered-${this.#n}`).presence.enter();
    client.channel(`left-${this.#n}`).presence.leave();
  }

  /** An iterator ends with its client, which is no error to the program that closed it. */
  private async listen(name: string): Promise<void> {
    for await (const { data } of this.client.channel(name).subscribe()) expect(data).toBeDefined();
  }
}

type Options = Parameters<App['client']>[0];
const malformed = 'eyJhbGciOiJIUzI1NiJ9.e30.AAAA';
const states: readonly [string, Options, (client: Tidegate, careless: Careless) => Promise<void> | void][] = [
  ['initialized', {}, () => undefined],
  ['connecting, its token awaited', { token: () => new Promise<string>(() => undefined) }, (client) => client.connection.connect()],
  ['connecting, its line opening', {}, async (client) => {
    proxy.swallow = true;
    client.connection.connect();
    await vi.waitFor(() => expect(proxy.accepted).toBeGreaterThan(0), soon);
  }],
  ['connected', {}, (client) => connected(client)],
  ['connected, everything open', {}, async (client, careless) => {
    careless.begin();
    await connected(client);
    await Promise.all(careless.sent.map(({ confirmed }) => confirmed));
  }],
  ['disconnected', {}, async (client, careless) => {
    careless.begin();
    await connected(client);
    proxy.down = true;
    proxy.cut();
    await vi.waitFor(() => expect(client.connection.state).not.toBe('connected'), soon);
  }],
  ['failed', { token: () => malformed }, async (client) => {
    // A stream's credential is looked at with its first channel.
    client.channel('refused').subscribe(() => undefined);
    await vi.waitFor(() => expect(client.connection.state).toBe('failed'), soon);
  }],
  ['closed', {}, async (client) => {
    await connected(client);
    client.close();
  }],
];
const transports: readonly TransportName[] = ['websocket', 'sse', 'poll'];

test.each(transports.flatMap((transport) => states.map(([state, options, reach]) => [state, transport, options, reach] as const)))(
  'NobodyHasToWaitForWhatEndsWith close() when %s over %s',
  async (_, transport, options, reach) => {
    const client = app.client({ url: proxy.url, transports: [transport], ...options });
    const careless = new Careless(client);
    await reach(client, careless);
    careless.begin();
    client.close();
    expect(client.connection.state).toBe('closed');
    await Promise.all(careless.loops);
    // Each has come to something, and none waits for ever.
    await Promise.allSettled(careless.sent.map(({ confirmed }) => confirmed));
    // Connections of REST are kept by the platform, not by the client.
    if (transport === 'websocket') await vi.waitFor(() => expect(proxy.open).toBe(0), soon);
    for (let turn = 0; turn < 5; turn++) await new Promise((next) => setImmediate(next));
    expect(uncaught).toEqual([]);
  },
);

test('AfterCloseLeavingDoesNotConnectAgain', async () => {
  const client = app.client({ url: proxy.url });
  await client.channel('left').presence.enter();
  client.close();
  await client.channel('left').presence.leave();
  expect(client.connection.state).toBe('closed');
});

test('WhoWaitsIsToldThatItWasClosed', async () => {
  proxy.swallow = true;
  const client = app.client({ url: proxy.url });
  const channel = client.channel('told');
  const entered = channel.presence.enter();
  const { ready } = channel.subscribe(() => undefined);
  const { confirmed } = channel.publish({ data: 1 });
  client.close();
  for (const promise of [entered, ready, confirmed]) await expect(promise).rejects.toMatchObject({ code: 80003 });
});

async function connected(client: Tidegate): Promise<void> {
  client.connection.connect();
  await vi.waitFor(() => expect(client.connection.state).toBe('connected'), soon);
}

import type { HTTPRequest, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { App, EVERYTHING, gatewayUrl } from '../support/app.js';
import { Proxy } from '../support/proxy.js';
import { closes, open } from './support/careless.js';
import { listen, startSite, type Site } from './support/site.js';
import { hasBrowser, PATIENCE_MS, Tabs, until } from './support/tabs.js';

describe.skipIf(!hasBrowser())('the SDK in a browser', () => {
  let app: App;
  let site: Site;
  let tabs: Tabs;
  let proxy: Proxy;
  let page: Page;

  beforeAll(async () => {
    [app, site, tabs] = await Promise.all([App.create('browser'), startSite(), Tabs.connect()]);
    await app.namespace('news', { pattern: 'news:*', durability: 'durable' });
  });

  afterEach(async () => {
    await Tabs.close(page);
    await proxy.close();
  });

  afterAll(async () => {
    await tabs?.disconnect();
    await site?.close();
  });

  /** A tab that listens to the channel through a line of its own. */
  async function start(channel: string, token = () => app.token('ada', EVERYTHING), blocked: string[] = [], prepare?: (page: Page) => void): Promise<void> {
    proxy = await Proxy.before(gatewayUrl());
    proxy.forbidden.push(...blocked);
    page = await tabs.open(site.url);
    prepare?.(page);
    await listen(page, proxy.url, channel, token);
  }

  const publish = (channel: string, from: number, to: number) =>
    app.data('POST', `channels/${channel}/messages`, range(from, to).map((data) => ({ data })));

  const seen = () => page.evaluate('seen') as Promise<number[]>;

  test('offline and online again: what came meanwhile arrives once, and what was published meanwhile is sent', async () => {
    const scripts: string[] = [];
    await start('news:offline', undefined, undefined, (opened) => opened.on('request', (request) => scripts.push(new URL(request.url()).pathname)));
    await publish('news:offline', 1, 3);
    await until(page, 'seen.length === 3');
    // Over a WebSocket nothing else is loaded.
    expect(scripts).toContain('/sdk/index.js');
    expect(scripts.filter((path) => /stream|past|cipher|self-signed/.test(path))).toEqual([]);

    await page.setOfflineMode(true);
    proxy.tear();
    await until(page, "tidegate.connection.state !== 'connected'");
    await page.evaluate("window.mine = channel.publish({ data: 'mine' }); undefined");
    await publish('news:offline', 4, 6);
    expect(await page.evaluate('mine.status')).toBe('pending');

    proxy.down = false;
    await page.setOfflineMode(false);
    await until(page, "mine.status === 'confirmed' && seen.length >= 7");
    expect(await seen()).toEqual([1, 2, 3, 4, 5, 6, 'mine']);
    expect(await page.evaluate('jumps.length')).toBe(0);
  });

  test('a tab that slept while its line was lost has everything once when it wakes', async () => {
    await start('news:sleep');
    await publish('news:sleep', 1, 3);
    await until(page, 'seen.length === 3');

    const session = await page.createCDPSession();
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    proxy.tear();
    await publish('news:sleep', 4, 60);
    proxy.down = false;
    await publish('news:sleep', 61, 100);
    await session.send('Page.setWebLifecycleState', { state: 'active' });

    await until(page, 'seen.length >= 100');
    expect(await seen()).toEqual(range(1, 100));
    expect(await page.evaluate('jumps.length')).toBe(0);
  });

  test('a token about to expire is renewed on the open connection', async () => {
    let given = 0;
    // The second token may less: that it was taken shows in what is refused.
    await start('news:expiry', async () =>
      ++given === 1 ? app.token('ada', EVERYTHING, 20) : app.token('ada', { 'news:expiry': ['subscribe'] }),
    );
    const connection = await page.evaluate('tidegate.connection.id');
    await until(page, `(async () => {
      try {
        await channel.publish({ name: 'probe', data: 0 }).confirmed;
        return false;
      } catch (error) {
        return error.status === 401 || error.status === 403;
      }
    })()`);
    await publish('news:expiry', 1, 1);
    await until(page, 'seen.at(-1) === 1');
    expect(await page.evaluate('tidegate.connection.id')).toBe(connection);
    expect(await page.evaluate('states')).not.toContain('disconnected');
    expect(given).toBeGreaterThanOrEqual(2);
  });

  test('a line cut again and again loses and repeats nothing', async () => {
    await start('news:cuts');
    for (let round = 0; round < 4; round++) {
      await publish('news:cuts', round * 50 + 1, round * 50 + 25);
      proxy.tear();
      await publish('news:cuts', round * 50 + 26, round * 50 + 50);
      proxy.down = false;
      await until(page, `seen.length >= ${round * 50 + 50}`);
    }
    expect(await seen()).toEqual(range(1, 200));
    expect(await page.evaluate('jumps.length')).toBe(0);
  });

  test.each([
    ['event streams where WebSocket is blocked', ['websocket'], 'sse'],
    ['long polls where event streams are too', ['websocket', '/v1/sse'], 'poll'],
  ])('falls back to %s', async (_, blocked, transport) => {
    const channel = `news:${transport}`;
    const requests: HTTPRequest[] = [];
    await start(channel, undefined, blocked, (opened) => opened.on('request', (request) => requests.push(request)));
    expect(await page.evaluate('tidegate.connection.transport')).toBe(transport);
    await publish(channel, 1, 5);
    await page.evaluate('channel.publish({ data: 6 }).confirmed.then(() => undefined)');
    await until(page, 'seen.length >= 6');
    expect(await seen()).toEqual(range(1, 6));

    // From another origin than the gateway's: a preflight goes before, and the credential stands in no URL.
    expect(new URL(proxy.url).origin).not.toBe(new URL(site.url).origin);
    const streams = requests.filter((request) => request.method() === 'GET' && new URL(request.url()).pathname === `/v1/${transport}`);
    expect(streams.length).toBeGreaterThan(0);
    for (const request of streams) expect(request.headers()['authorization']).toMatch(/^Bearer /);
    expect(requests.filter((request) => /ticket|token=/.test(request.url()))).toEqual([]);
  });

  test('close() in every state leaves no error that nobody caught', async () => {
    proxy = await Proxy.before(gatewayUrl());
    page = await tabs.open(site.url);
    await page.exposeFunction('freshToken', () => app.token('ada', EVERYTHING));
    const faults: string[] = [];
    page.on('pageerror', (fault) => faults.push(String(fault)));
    for (const transport of ['websocket', 'sse', 'poll']) {
      expect(await page.evaluate(`(${closes})(${JSON.stringify(proxy.url)}, ${JSON.stringify(transport)})`)).toEqual(['initialized', 'connecting', 'connected', 'closed']);
      await page.evaluate(`window.dropped = (${open})(${JSON.stringify(proxy.url)}, ${JSON.stringify(transport)}); dropped.ready`);
      proxy.tear();
      await until(page, "dropped.tidegate.connection.state !== 'connected'");
      await page.evaluate('dropped.begin(); dropped.tidegate.close(); Promise.all(dropped.loops).then(() => undefined)');
      proxy.down = false;
    }
    // They are told in order: whatever there was has come before this one.
    await page.evaluate("Promise.reject(new Error('the last')); undefined");
    await expect.poll(() => faults, { timeout: PATIENCE_MS }).toContainEqual(expect.stringContaining('the last'));
    expect(faults).toHaveLength(1);
  });
});

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

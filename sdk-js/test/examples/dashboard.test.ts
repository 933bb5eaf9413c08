import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { App } from '../support/app.js';
import { startExample, type Example } from '../browser/support/example.js';
import { look } from '../browser/support/look.js';
import { hasBrowser, Tabs, until } from '../browser/support/tabs.js';

const VALUES = "[...document.querySelectorAll('#tiles output')].map((one) => one.textContent)";

describe.skipIf(!hasBrowser())('dashboard', () => {
  let example: Example;
  let tabs: Tabs;

  beforeAll(async () => {
    const [app, connected] = await Promise.all([App.create('dashboard'), Tabs.connect()]);
    tabs = connected;
    example = await startExample('dashboard', app);
  });

  afterAll(async () => {
    await tabs?.disconnect();
    await example?.stop();
  });

  test('shows the newest value of each metric over an event stream, and no WebSocket', async () => {
    const requests: string[] = [];
    const page = await tabs.open(example.url, async (opened) => {
      opened.on('request', (request) => requests.push(request.url()));
      const session = await opened.createCDPSession();
      await session.send('Network.enable');
      session.on('Network.webSocketCreated', ({ url }) => requests.push(url));
    });
    await until(page, `${VALUES}.length === 4 && ${VALUES}.every((value) => /^[\\d.,]+$/.test(value))`);
    const first = await page.evaluate(`${VALUES}.join()`);
    await until(page, `${VALUES}.join() !== ${JSON.stringify(first)}`);
    await until(page, "document.querySelector('polyline').points.length > 5");

    expect(requests.some((url) => url.includes('/v1/sse'))).toBe(true);
    expect(requests.filter((url) => url.startsWith('ws'))).toEqual([]);
    expect(await page.evaluate("document.querySelector('#status').textContent")).toBe('connected');
    await look(page, 'dashboard');
  });
});

import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { App } from '../support/app.js';
import { startExample, type Example } from '../browser/support/example.js';
import { look } from '../browser/support/look.js';
import { hasBrowser, Tabs, until } from '../browser/support/tabs.js';

const CONNECTED = "document.querySelector('#status').dataset.state === 'connected'";
const TEXTS = "[...document.querySelectorAll('#log li span')].map((one) => one.textContent)";

describe.skipIf(!hasBrowser())('chat', () => {
  let app: App;
  let example: Example;
  let tabs: Tabs;
  let ada: Page;
  let bob: Page;

  beforeAll(async () => {
    [app, tabs] = await Promise.all([App.create('chat'), Tabs.connect()]);
    example = await startExample('chat', app);
    const older = Array.from({ length: 70 }, (_, i) => ({ clientId: 'Eve', data: { text: `older ${i + 1}` } }));
    await app.data('POST', 'channels/chat:lobby/messages', older);
    [ada, bob] = await Promise.all([tabs.open(`${example.url}?name=Ada`), tabs.open(`${example.url}?name=Bob`)]);
    await Promise.all([ada, bob].map((page) => until(page, `${CONNECTED} && ${TEXTS}.length >= 30`)));
  });

  afterAll(async () => {
    await tabs?.disconnect();
    await example?.stop();
  });

  const texts = (page: Page) => page.evaluate(TEXTS) as Promise<string[]>;

  test('a message is there at once, becomes confirmed, and the other sees it exactly once', async () => {
    // It is shown for a moment: the page itself sees it.
    await bob.evaluate(`{
      const typing = document.querySelector('#typing');
      const look = () => (window.sawAda ||= typing.textContent.includes('Ada'));
      new MutationObserver(look).observe(typing, { childList: true, characterData: true, subtree: true });
    }`);
    await ada.type('#text', 'Good morning, harbour');
    await until(bob, 'window.sawAda === true');
    const atOnce = await ada.evaluate(`(() => {
      document.querySelector('form').requestSubmit();
      const item = document.querySelector('#log').lastElementChild;
      return [item.querySelector('span').textContent, item.dataset.status];
    })()`);
    expect(atOnce).toEqual(['Good morning, harbour', 'pending']);
    await until(ada, "document.querySelector('#log').lastElementChild.dataset.status === 'confirmed'");
    await until(bob, `${TEXTS}.includes('Good morning, harbour')`);
    await until(bob, "document.querySelector('#typing').textContent === ''");

    // Whoever would come twice has come before this one.
    await bob.type('#text', 'Good evening, Ada');
    await bob.keyboard.press('Enter');
    await until(ada, `${TEXTS}.includes('Good evening, Ada')`);
    await until(bob, "document.querySelector('#log').lastElementChild.dataset.status === 'confirmed'");
    for (const page of [ada, bob]) {
      expect((await texts(page)).slice(-2)).toEqual(['Good morning, harbour', 'Good evening, Ada']);
      expect((await texts(page)).filter((text) => text.startsWith('Good'))).toHaveLength(2);
    }
  });

  test('scrolling up loads what is older, in order and without repeats', async () => {
    const before = (await texts(bob)).length;
    expect(before).toBeLessThan(60);
    for (let all = before; all < 70; all = (await texts(bob)).length) {
      await bob.evaluate("document.querySelector('#log').scrollTop = 0");
      await until(bob, `${TEXTS}.length > ${all} || (document.querySelector('#log').scrollTop = 0)`);
    }
    const older = (await texts(bob)).filter((text) => text.startsWith('older'));
    expect(older).toEqual(Array.from({ length: 70 }, (_, i) => `older ${i + 1}`));
  });

  test('is good to look at and to use without a mouse, on a phone too', () => look(ada, 'chat'));
});

import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { App } from '../support/app.js';
import { startExample, type Example } from '../browser/support/example.js';
import { look } from '../browser/support/look.js';
import { hasBrowser, Tabs, until } from '../browser/support/tabs.js';

const PEOPLE = "[...document.querySelectorAll('#people li')].map((one) => one.textContent).join()";
const cursor = (name: string) => `[...document.querySelectorAll('.cursor')].find((one) => one.textContent === '${name}')`;

describe.skipIf(!hasBrowser())('cursors', () => {
  let example: Example;
  let tabs: Tabs;
  let ada: Page;
  let bob: Page;

  beforeAll(async () => {
    const [app, connected] = await Promise.all([App.create('cursors'), Tabs.connect()]);
    tabs = connected;
    example = await startExample('cursors', app);
    [ada, bob] = await Promise.all([tabs.open(`${example.url}?name=Ada`), tabs.open(`${example.url}?name=Bob`)]);
    await Promise.all([ada, bob].map((page) => until(page, `${PEOPLE} === 'Ada,Bob'`)));
  });

  afterAll(async () => {
    await tabs?.disconnect();
    await example?.stop();
  });

  test('each sees where the other points, by mouse and by keyboard', async () => {
    const box = (await (await bob.$('#board'))!.boundingBox())!;
    await bob.mouse.move(box.x + box.width * 0.25, box.y + box.height * 0.5);
    await until(ada, `${cursor('Bob')}?.style.left.startsWith('25')`);
    const left = Number.parseFloat((await ada.evaluate(`${cursor('Bob')}.style.left`)) as string);
    await bob.focus('#board');
    await bob.keyboard.press('ArrowRight');
    await until(ada, `parseFloat(${cursor('Bob')}.style.left) > ${left + 1}`);

    await ada.focus('#board');
    await ada.keyboard.press('ArrowDown');
    await until(bob, `!!${cursor('Ada')}`);
    await look(ada, 'cursors');
  });

  test('who closes the tab is gone, and the cursor with them', async () => {
    await bob.focus('#board');
    await bob.keyboard.press('ArrowUp');
    await until(ada, `!!${cursor('Bob')}`);
    await Tabs.close(bob);
    await until(ada, `${PEOPLE} === 'Ada' && !${cursor('Bob')}`);
    expect(await ada.evaluate("document.querySelectorAll('.cursor').length")).toBeLessThanOrEqual(1);
  });
});

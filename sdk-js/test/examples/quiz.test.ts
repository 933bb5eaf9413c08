import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { App } from '../support/app.js';
import { startExample, type Example } from '../browser/support/example.js';
import { look } from '../browser/support/look.js';
import { hasBrowser, Tabs, until } from '../browser/support/tabs.js';

const RIGHT = ['Two', 'The moon', 'Bay of Fundy'];
const SCORES = "[...document.querySelectorAll('#scores li')].map((one) => one.textContent)";

describe.skipIf(!hasBrowser())('quiz', () => {
  let example: Example;
  let tabs: Tabs;
  let ada: Page;
  let bob: Page;

  beforeAll(async () => {
    const [app, connected] = await Promise.all([App.create('quiz'), Tabs.connect()]);
    tabs = connected;
    // One question for the whole test: on a busy machine the next would come between two answers.
    example = await startExample('quiz', app, { QUIZ_EVERY_MS: '600000' });
    [ada, bob] = await Promise.all([tabs.open(`${example.url}?name=Ada`), tabs.open(`${example.url}?name=Bob`)]);
  });

  afterAll(async () => {
    await tabs?.disconnect();
    await example?.stop();
  });

  async function answer(page: Page): Promise<void> {
    await until(page, "document.querySelectorAll('#options button').length === 3");
    await page.evaluate(
      `[...document.querySelectorAll('#options button')].find((one) => ${JSON.stringify(RIGHT)}.includes(one.textContent)).click()`,
    );
    await until(page, "document.querySelector('#verdict').textContent.startsWith('Your answer is in')");
  }

  test('the first right answer by the gateway\'s clock wins most, and both see the same leaderboard', async () => {
    await answer(bob);
    await answer(ada);
    for (const page of [ada, bob]) {
      await until(page, `${SCORES}.length === 2`);
      expect(await page.evaluate(SCORES)).toEqual(['1.Bob10', '2.Ada7']);
    }
    expect(await ada.evaluate("[...document.querySelectorAll('#options button')].every((one) => one.disabled)")).toBe(true);
    await look(ada, 'quiz');
  });

  test('who comes late sees the question and the leaderboard', async () => {
    const eve = await tabs.open(`${example.url}?name=Eve`);
    await until(eve, `${SCORES}.length === 2 && document.querySelectorAll('#options button').length === 3`);
  });
});

import { beforeAll, describe, expect, test } from 'vitest';
import { findings } from './support/axe.ts';
import { hasBrowser, visitors } from './support/browser.ts';
import { signIn } from './support/people.ts';
import { furnished, OUTSIDE, places, type Place } from './support/pages.ts';
import { noteShifts, shifts } from './support/shifts.ts';
import { newOperator, type Person } from './support/world.ts';

/** Longer than any animation of the console's. */
const STILL = { timeout: 60_000, polling: 100 };

describe.runIf(hasBrowser())('every page', () => {
  const { visit } = visitors();
  let all: readonly Place[];
  let operator: Person;

  beforeAll(async () => {
    const { app, keyId } = await furnished('Harbour');
    all = places(app, keyId);
    operator = await newOperator();
  });

  test.each(['light', 'dark'] as const)('EveryoneCanUseEveryPage: %s', async (colorScheme) => {
    const visitor = await visit({ colorScheme });
    const { page } = visitor;
    const found: string[] = [];
    const look = async ({ name, path }: Place): Promise<void> => {
      await visitor.open(path);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running' || one.effect?.getComputedTiming().iterations === Infinity), undefined, STILL);
      await page.waitForFunction(() => !document.querySelector('.mantine-Skeleton-root, [data-skeleton]'), undefined, STILL);
      expect(await page.evaluate('matchMedia("(prefers-color-scheme: dark)").matches ? document.documentElement.dataset.mantineColorScheme : "light"'), name).toBe(colorScheme);
      found.push(...(await findings(page)).map((finding) => `${name}: ${finding}`));
      if (await page.evaluate('document.documentElement.scrollWidth > innerWidth')) found.push(`${name}: scrolls sideways`);
      expect(await page.title(), name).toContain('Tidegate');
    };
    visitor.watch.expect((status, path) => status === 401 && path === '/v1/session');
    for (const place of OUTSIDE) await look(place);
    await signIn(visitor, operator);
    // Of a webhook that nobody answers and a page that is not there nothing is refused; the rest is.
    for (const place of all) await look(place);
    expect(found.join('\n')).toBe('');
  }, 400_000);

  test('NothingNeedsAWideScreen', async () => {
    const visitor = await visit({ viewport: { width: 375, height: 720 } });
    await signIn(visitor, operator);
    const wide: string[] = [];
    for (const { name, path } of all) {
      await visitor.open(path);
      await visitor.page.getByRole('heading', { level: 1 }).first().waitFor();
      await visitor.page.waitForFunction(() => !document.querySelector('.mantine-Skeleton-root, [data-skeleton]'), undefined, STILL);
      if (await visitor.page.evaluate('document.documentElement.scrollWidth > innerWidth')) wide.push(name);
    }
    expect(wide, 'scroll sideways').toEqual([]);
  });

  test.each([
    [1280, 800],
    [390, 844],
  ])('APageIsThereSoonAndNothingMoves: %i x %i', async (width, height) => {
    const visitor = await visit({ viewport: { width, height } });
    await signIn(visitor, operator);
    const { page } = visitor;
    await noteShifts(page);
    const rows: string[] = [];
    const moved: string[] = [];
    for (const { name, path } of all) {
      await visitor.open(path);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      const there = (await page.evaluate('performance.now()')) as number;
      rows.push(`${name.padEnd(28)} ${there.toFixed(0).padStart(6)} ms`);
      await page.waitForFunction(() => !document.querySelector('.mantine-Skeleton-root, [data-skeleton]'), undefined, STILL);
      await page.waitForLoadState('networkidle');
      moved.push(...(await shifts(page)).map((shift) => `${name}: ${shift}`));
    }
    console.log(`${width} x ${height}: from the request to its heading, cold each time:\n${rows.join('\n')}`);
    expect(moved.join('\n')).toBe('');
  });
});

import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';

const PICTURES = fileURLToPath(new URL('../../../target/screenshots/', import.meta.url));

/** Keeps a picture of a page to look at, and checks that a person can use it in either theme and on a small screen. */
export async function look(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  for (const [theme, width, height] of [['light', 1024, 720], ['dark', 1024, 720], ['light', 320, 640]] as const) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
    await page.setViewport({ width, height });
    await page.screenshot({ path: `${PICTURES}${name}-${theme}-${width}.png` });
    expect(await page.evaluate('document.documentElement.scrollWidth'), 'nothing to scroll sideways').toBeLessThanOrEqual(width);
    expect(await page.evaluate(FAINT_TEXTS), `${theme} texts below a contrast of 4.5 : 1`).toEqual([]);
  }
  await page.setViewport({ width: 1024, height: 720 });
  expect(await page.evaluate(NAMELESS), 'controls without a label').toEqual([]);
  for (let left = (await page.$$(CONTROLS)).length + 1; left > 0; left--) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(FOCUS), 'focus is visible').not.toBe('none');
  }
}

const CONTROLS = ':is(input, button, [tabindex]):not(:disabled)';

/** Behind the last control it is the browser's. */
const FOCUS = `document.activeElement === document.body ? '' : getComputedStyle(document.activeElement).outlineStyle`;

const NAMELESS = `[...document.querySelectorAll('input, button, [tabindex]')]
  .filter((one) => !(one.labels?.length || one.textContent.trim() || one.ariaLabel))
  .map((one) => one.outerHTML)`;

/** By WCAG 2.1: relative luminance of a text's colour and of the nearest background that is not transparent. */
const FAINT_TEXTS = `(() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = channels(colour).map((v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (one) => {
    const colour = getComputedStyle(one).backgroundColor;
    return channels(colour)[3] === 0 ? (one.parentElement ? behind(one.parentElement) : 'rgb(255, 255, 255)') : colour;
  };
  return [...document.body.querySelectorAll('*')]
    .filter((one) => !one.matches(':disabled, .unseen') && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .filter((one) => {
      const [light, dark] = [luminance(getComputedStyle(one).color), luminance(behind(one))].sort((a, b) => b - a);
      return (light + 0.05) / (dark + 0.05) < 4.5;
    })
    .map((one) => one.outerHTML.slice(0, 80));
})()`;

import type { Page } from 'playwright-core';

interface Shift extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly { readonly node: Node | null; readonly previousRect: DOMRectReadOnly; readonly currentRect: DOMRectReadOnly }[];
}

/** From the next page on: whatever moves without anybody having touched anything is noted, as the browser tells it. */
export async function noteShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const moved: string[] = [];
    Object.assign(window, { moved });
    const named = (node: Node | null): string => {
      const one = node instanceof Element ? node : node?.parentElement;
      return one ? `${one.tagName.toLowerCase()}.${(one.getAttribute('class') ?? '').split(' ').join('.')} “${(one.textContent ?? '').slice(0, 40)}”` : 'something that is gone';
    };
    const at = ({ x, y, width, height }: DOMRectReadOnly): string => `${x},${y} ${width}x${height}`;
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput, startTime, sources } of list.getEntries() as unknown as Shift[]) {
        if (hadRecentInput) continue;
        const what = sources.map(({ node, previousRect, currentRect }) => `${named(node)} from ${at(previousRect)} to ${at(currentRect)}`);
        moved.push(`${value.toFixed(4)} at ${startTime.toFixed(0)} ms: ${what.join('; ')}`);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** What has moved in the page since it was opened. */
export async function shifts(page: Page): Promise<readonly string[]> {
  // What has just been drawn is told with one of the next frames.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(drawn)))));
  return page.evaluate('window.moved');
}

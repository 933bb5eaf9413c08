import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import { Watch } from './watch.ts';
import { gatewayUrl } from './rest.ts';

/** Nothing is measured by it: a bound for a busy machine. */
export const PATIENCE_MS = Number(process.env.PATIENCE_MS ?? 60_000);

/** What was to be seen when a journey failed. */
const FAILED = fileURLToPath(new URL('../../screenshots/failed/', import.meta.url));

export const hasBrowser = (): boolean => inject('browser') !== '';

/** One person at one computer: cookies of her own. Whatever goes wrong in her pages fails the journey. */
export class Visitor {
  constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly watch: Watch,
  ) {}

  /** A page of the console: `/apps/482913/keys`. */
  async open(path: string): Promise<void> {
    await this.page.goto(`${gatewayUrl()}/console${path}`, { waitUntil: 'load' });
  }
}

/** Browsers of one file's journeys; each visitor's pages are judged when its journey is over. */
export function visitors(): { visit(options?: BrowserContextOptions): Promise<Visitor> } {
  let browser: Browser;
  let open: Visitor[] = [];
  beforeAll(async () => {
    if (hasBrowser()) browser = await chromium.connect(inject('browser'));
  });
  afterEach(async ({ task }) => {
    const over = open;
    open = [];
    if (task.result?.state === 'fail') {
      for (const [at, { page }] of over.entries()) await page.screenshot({ path: `${FAILED}${task.name.slice(0, 60).replaceAll(/\W+/g, '-')}-${at + 1}.png` });
    }
    for (const { context } of over) await context.close();
    for (const { watch } of over) watch.judge();
  });
  afterAll(() => browser?.close());
  return {
    async visit(options) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
      context.setDefaultTimeout(PATIENCE_MS);
      const watch = await Watch.of(context, new URL(gatewayUrl()).host);
      const visitor = new Visitor(context, await context.newPage(), watch);
      open.push(visitor);
      return visitor;
    },
  };
}

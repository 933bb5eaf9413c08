import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { inject } from 'vitest';

/** Nothing here is measured: a bound for a busy machine. */
export const PATIENCE_MS = 60_000;

export const hasBrowser = (): boolean => inject('browserEndpoint') !== '';

/** Tabs of one test file, each in a context of its own: other cookies, other connections. */
export class Tabs {
  private constructor(private readonly browser: Browser) {}

  static async connect(): Promise<Tabs> {
    return new Tabs(await puppeteer.connect({ browserWSEndpoint: inject('browserEndpoint'), protocolTimeout: 120_000 }));
  }

  /** Opens a page and returns when it has loaded. What it throws fails the test that looks at `faults`. */
  async open(url: string, prepare?: (page: Page) => Promise<void>): Promise<Page> {
    const context = await this.browser.createBrowserContext();
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await prepare?.(page);
    await page.goto(url, { waitUntil: 'load' });
    return page;
  }

  /** Closes its tab as a person does. */
  static async close(page: Page): Promise<void> {
    const context = page.browserContext();
    await page.close();
    await context.close();
  }

  async disconnect(): Promise<void> {
    await this.browser.disconnect();
  }
}

/** Waits until an expression of the page is true. */
export async function until(page: Page, expression: string): Promise<void> {
  try {
    await page.waitForFunction(expression, { polling: 50, timeout: PATIENCE_MS });
  } catch (fault) {
    const text = await page.evaluate('document.body.innerText + "\\n" + JSON.stringify(window.seen ?? "")').catch(String);
    throw new Error(`never: ${expression}\n${text}`, { cause: fault });
  }
}

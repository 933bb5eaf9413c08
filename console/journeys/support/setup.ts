import { chromium, type BrowserServer } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { findChromium } from '../../../sdk-js/test/browser/support/chromium.ts';
import { Gateway } from './gateway.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    gateway: { readonly url: string; readonly operatorToken: string; readonly signInLink: string };
    /** Where the browser listens; empty: there is none, and all journeys are skipped. */
    browser: string;
  }
}

/** No sandbox in containers, nothing that calls home. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/** One gateway and one browser for the run; each journey has a tenant, and a browser context, of its own. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const browser = await openBrowser();
  project.provide('browser', browser?.wsEndpoint() ?? '');
  if (!browser) {
    project.provide('gateway', { url: '', operatorToken: '', signInLink: '' });
    return undefined;
  }
  let gateway: Gateway | undefined;
  try {
    const started = (gateway = await Gateway.start());
    const { url, operatorToken } = started;
    project.provide('gateway', { url, operatorToken, signInLink: started.signInLink() });
    return async () => {
      await Promise.all([started.stop(), browser.close()]);
    };
  } catch (thrown) {
    await Promise.all([gateway?.stop(), browser.close()]);
    throw thrown;
  }
}

async function openBrowser(): Promise<BrowserServer | undefined> {
  const executablePath = findChromium();
  if (executablePath) return chromium.launchServer({ executablePath, args: FLAGS, timeout: 120_000 });
  const message = 'chromium is not installed: `make setup` installs what the fuller tests need';
  if (process.env.CI === 'true') throw new Error(message);
  console.warn(`SKIPPED: every journey through the console: ${message}`);
  return undefined;
}

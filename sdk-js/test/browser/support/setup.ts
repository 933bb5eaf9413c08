import puppeteer from 'puppeteer-core';
import type { TestProject } from 'vitest/node';
import { findChromium, FLAGS } from './chromium.js';
import { startGateway } from './gateway.js';

declare module 'vitest' {
  interface ProvidedContext {
    gatewayUrl: string;
    operatorToken: string;
    /** Where the browser listens; empty: there is none, and its tests are skipped. */
    browserEndpoint: string;
  }
}

/** One gateway and one browser for all browser tests, side by side; each test has an app and a context of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const program = findChromium();
  if (!program) {
    const message = 'chromium is not installed: `make setup` installs what the fuller tests need';
    if (process.env.CI === 'true') {
      throw new Error(message);
    }
    console.warn(`SKIPPED: browser tests: ${message}`);
  }
  const [gateway, browser] = await Promise.all([
    startGateway(),
    program ? puppeteer.launch({ executablePath: program, args: FLAGS, timeout: 120_000, protocolTimeout: 120_000 }) : undefined,
  ]);
  project.provide('gatewayUrl', gateway.url);
  project.provide('operatorToken', gateway.operatorToken);
  project.provide('browserEndpoint', browser?.wsEndpoint() ?? '');
  return async () => {
    await Promise.all([gateway.stop(), browser?.close()]);
  };
}

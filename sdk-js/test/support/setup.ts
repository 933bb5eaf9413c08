import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import puppeteer, { type Browser } from 'puppeteer-core';
import type { TestProject } from 'vitest/node';
import { findChromium, FLAGS } from '../browser/support/chromium.js';
import { Gateway } from './gateway.js';

declare module 'vitest' {
  export interface ProvidedContext {
    gateway: { readonly url: string; readonly operatorToken: string; readonly restartUrl: string };
    /** Where the browser listens; empty: there is none, and its tests are skipped. */
    browserEndpoint: string;
  }
}

/** One gateway for the run, and one browser where pages are tested; each test has an app, and a browser context, of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [gateway, browser] = await Promise.all([Gateway.start(), project.vitest.projects.some(({ name }) => name === 'browser') ? openBrowser() : undefined]);
  // Tests, which run elsewhere, ask for its restart over HTTP.
  const control = createServer((_, response) => {
    gateway.killAndRestart().then(
      () => response.end('restarted'),
      (thrown: unknown) => response.writeHead(500).end(String(thrown)),
    );
  });
  await new Promise<void>((done) => control.listen(0, '127.0.0.1', done));
  const { port } = control.address() as AddressInfo;
  project.provide('gateway', { url: gateway.url, operatorToken: gateway.operatorToken, restartUrl: `http://127.0.0.1:${port}` });
  project.provide('browserEndpoint', browser?.wsEndpoint() ?? '');
  return async () => {
    control.close();
    await Promise.all([gateway.stop(), browser?.close()]);
  };
}

async function openBrowser(): Promise<Browser | undefined> {
  const program = findChromium();
  if (program) return puppeteer.launch({ executablePath: program, args: FLAGS, timeout: 120_000, protocolTimeout: 120_000 });
  const message = 'chromium is not installed: `make setup` installs what the fuller tests need';
  if (process.env.CI === 'true') throw new Error(message);
  console.warn(`SKIPPED: browser tests: ${message}`);
  return undefined;
}

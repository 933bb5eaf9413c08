import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'puppeteer-core';

const DIST = new URL('../../../dist/', import.meta.url);

/** A web site with one empty page, and the built SDK under /sdk/. */
export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

export async function startSite(): Promise<Site> {
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    try {
      const isScript = path.startsWith('/sdk/') && path.endsWith('.js') && !path.includes('..');
      const body = isScript ? await readFile(new URL(path.slice(5), DIST)) : '<!doctype html><title>SDK</title>';
      response.writeHead(200, { 'Content-Type': isScript ? 'text/javascript' : 'text/html' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * Has the page listen to a channel with the SDK. From then on it has `tidegate`, `channel`, `seen` (data of
 * each message), `jumps` and `states` (of the connection).
 *
 * @param token gives the page's provider a token each time it asks
 */
export async function listen(page: Page, gateway: string, channel: string, token: () => Promise<string>): Promise<void> {
  await page.exposeFunction('freshToken', token);
  await page.evaluate(
    `(async () => {
      const { Tidegate } = await import('/sdk/index.js');
      window.seen = [];
      window.jumps = [];
      window.states = [];
      window.tidegate = new Tidegate({ url: ${JSON.stringify(gateway)}, token: () => window.freshToken() });
      tidegate.connection.on(({ current }) => states.push(current));
      window.channel = tidegate.channel(${JSON.stringify(channel)});
      const onDiscontinuity = (jump) => jumps.push(jump);
      await channel.subscribe((message) => seen.push(message.data), { onDiscontinuity }).ready;
    })()`,
  );
}

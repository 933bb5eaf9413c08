import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

/** A gateway's answer to `POST /v1/session/app-token`, counted. */
let server: Server;
let asked = 0;
let livesMs = 300_000;
let consoleHeader: string | undefined;

beforeEach(async () => {
  asked = 0;
  livesMs = 300_000;
  server = createServer((request, response) => {
    asked++;
    consoleHeader = request.headers['x-tidegate-console'] as string | undefined;
    const token = { token: `t${asked}`, appId: '1', capabilities: {}, expiresAt: new Date(Date.now() + livesMs).toISOString() };
    response.writeHead(201, { 'content-type': 'application/json' });
    response.end(JSON.stringify(token));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  window.location.href = `http://127.0.0.1:${port}/console/`;
  vi.resetModules();
});

afterEach(() => {
  server.close();
});

it('many who need a token at once ask once', async () => {
  const { appTokens } = await import('./app-token');
  const tokens = await Promise.all(Array.from({ length: 10 }, () => appTokens.tokenFor('1')));
  expect(new Set(tokens)).toEqual(new Set(['t1']));
  expect(consoleHeader).toBe('1');
});

it('a token that ends soon is replaced before it does', async () => {
  const { appTokens } = await import('./app-token');
  livesMs = 30_000;
  expect(await appTokens.tokenFor('1')).toBe('t1');
  expect(await appTokens.tokenFor('1')).toBe('t2');
});

it('a refused token is asked for anew', async () => {
  const { appTokens } = await import('./app-token');
  expect(await appTokens.tokenFor('1')).toBe('t1');
  appTokens.forget('1');
  expect(await appTokens.tokenFor('1')).toBe('t2');
});

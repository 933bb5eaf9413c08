import { afterEach, beforeAll, expect, inject, test, vi } from 'vitest';
import { TidegateError, type ConnectionState, type Tidegate } from '../../src/index.js';
import { newApp, type App } from '../support/app.js';

let app: App;
const open: Tidegate[] = [];
const soon = { timeout: 60_000, interval: 20 };
const everything = { '*': ['publish', 'subscribe', 'history', 'presence'] } as const;

beforeAll(async () => {
  app = await newApp();
});
afterEach(() => open.splice(0).forEach((client) => client.close()));

/** Tokens of its own, and the states that it went through. */
function client(next: () => Promise<string>): { readonly tidegate: Tidegate; readonly states: ConnectionState[] } {
  const tidegate = app.client({ token: next });
  const states: ConnectionState[] = [];
  tidegate.connection.on(({ current }) => states.push(current));
  open.push(tidegate);
  return { tidegate, states };
}

test('EveryRefusalsLinkLeadsToItsRowOfTheServedPage', async () => {
  const { url } = inject('gateway');
  const page = await (await fetch(`${url}/docs/errors`)).text();
  const codes = [...page.matchAll(/^\| (\d{5}) \|/gm)].map(([, code]) => Number(code));
  expect(codes.length).toBeGreaterThan(80);
  for (const code of codes) {
    const { pathname, hash } = new URL(new TidegateError(code, '').docs!, url);
    expect(pathname).toBe('/docs/errors');
    expect(page.split('\n').filter((line) => line.includes(`<a id="${hash.slice(1)}"></a>`)), hash).toEqual([expect.stringContaining(`| ${code} |`)]);
  }
  expect(new TidegateError(80004, '').docs).toBeUndefined();
});

test('ARevokedTokenIsReplacedByAFreshOneAndNothingIsLost', async () => {
  const issued: string[] = [];
  const { tidegate, states } = client(async () => {
    const { token, tokenId } = await app.backend.tokens.create({ clientId: 'ada', capabilities: everything });
    issued.push(tokenId);
    return token;
  });
  const channel = tidegate.channel<number>('revoked');
  const got: number[] = [];
  await channel.subscribe(({ data }) => got.push(data)).ready;
  await app.backend.tokens.revoke([{ tokenId: issued[0]! }]);
  await vi.waitFor(() => expect(states.slice(-2)).toEqual(['connecting', 'connected']), soon);
  await vi.waitFor(() => expect(states).toContain('disconnected'), soon);
  await vi.waitFor(() => expect(tidegate.connection.state).toBe('connected'), soon);
  await channel.publish({ data: 1 }).confirmed;
  await vi.waitFor(() => expect(got).toEqual([1]), soon);
  expect(issued.length).toBeGreaterThan(1);
  expect(states).not.toContain('failed');
  // The same over REST.
  await app.backend.tokens.revoke([{ tokenId: issued.at(-1)! }]);
  expect((await tidegate.channel('revoked').history()).items).toHaveLength(1);
});

test('AProviderThatGivesTheRevokedTokenAgainEndsInFailed', async () => {
  const { token, tokenId } = await app.backend.tokens.create({ clientId: 'ada', capabilities: everything });
  let asked = 0;
  const { tidegate } = client(async () => {
    asked++;
    return token;
  });
  const errors: number[] = [];
  await tidegate.channel('revoked').subscribe(() => undefined, { onError: ({ code }) => errors.push(code) }).ready;
  await app.backend.tokens.revoke([{ tokenId }]);
  await vi.waitFor(() => expect(tidegate.connection.state).toBe('failed'), soon);
  expect(errors).toEqual([40141]);
  expect(asked).toBe(2);
});

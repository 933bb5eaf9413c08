import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Tidegate } from '../../src/index.js';
import { newApp, type App } from '../support/app.js';

let app: App;
let ada: Tidegate;
const soon = { timeout: 60_000, interval: 20 };

beforeAll(async () => {
  app = await newApp();
  ada = app.client({ transports: ['websocket'] });
  ada.connection.connect();
  await vi.waitFor(() => expect(ada.connection.state).toBe('connected'), soon);
});
afterAll(() => ada.close());

test('WhatIsTooLargeFailsAloneAndTheConnectionGoesOn', async () => {
  const states: string[] = [];
  const off = ada.connection.on(({ current }) => states.push(current));
  const channel = ada.channel<string>('large');
  // Two bytes each in UTF-8, and one unit in UTF-16.
  const sent = [channel.publish({ data: 'before' }), channel.publish({ data: 'ü'.repeat(50_000) }), channel.publish({ data: 'behind' })];
  await expect(sent[1]!.confirmed).rejects.toMatchObject({ status: 413 });
  await Promise.all([sent[0]!.confirmed, sent[2]!.confirmed]);
  await expect(channel.presence.enter({ text: 'x'.repeat(70_000) })).rejects.toMatchObject({ code: 41303, status: 413 });
  const { items } = await app.backend.channel('large').history({ direction: 'forward' });
  expect(items.map(({ data }) => data)).toEqual(['before', 'behind']);
  expect(states).toEqual([]);
  off();
});

test('AMessageThatIsTooLargeForAFrameOnlyGoesOverRest', async () => {
  const channel = ada.channel<string>('nearly');
  const data = 'x'.repeat(65_500);
  await channel.publish({ data }).confirmed;
  expect((await app.backend.channel('nearly').history()).items.map((message) => message.data)).toEqual([data]);
});

test('WhatIsNoJsonFailsAloneAndIsNobodysUncaughtError', async () => {
  const channel = ada.channel<unknown>('no-json');
  const [bad, good] = [channel.publish({ data: 1n }), channel.publish({ data: 1 })];
  await expect(bad.confirmed).rejects.toMatchObject({ code: 80006 });
  await good.confirmed;
});

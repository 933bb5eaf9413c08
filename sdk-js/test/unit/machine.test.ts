import { expect, test } from 'vitest';
import { TidegateError } from '../../src/errors.js';
import { adviceOf, fullJitter } from '../../src/connection/backoff.js';
import { Fallback } from '../../src/connection/fallback.js';
import { Heartbeat } from '../../src/connection/heartbeat.js';
import { INITIAL, next, type Machine } from '../../src/connection/machine.js';

const connecting = (): Machine => next(INITIAL, { type: 'connect', at: 0 })[0];
const connected = (at = 0): Machine => next(connecting(), { type: 'opened', at })[0];

test('CloseCodesSayWhatToDo', () => {
  expect(adviceOf({ closeCode: 4005 })).toBe('stay away');
  expect(adviceOf({ closeCode: 4108 })).toBe('back off');
  expect(adviceOf({ closeCode: 4200 })).toBe('at once');
  expect(adviceOf({ closeCode: 1006 })).toBe('back off');
  expect(adviceOf({ error: new TidegateError(40142, '') })).toBe('at once');
  expect(adviceOf({ error: new TidegateError(40131, '') })).toBe('stay away');
  expect(adviceOf({ error: new TidegateError(42901, '') })).toBe('back off');
});

test('TheServersAdviceGoesFirstAndJitterIsBounded', () => {
  expect(next(connected(), { type: 'down', at: 1, down: { closeCode: 1006, afterMs: 3170 }, random: 0.5 })[1]).toEqual({ type: 'wait', ms: 3170 });
  for (let attempt = 0; attempt < 40; attempt++) expect(fullJitter(attempt, 0.999)).toBeLessThan(Math.min(30_000, 500 * 2 ** attempt));
});

test('AtOnceIsForTheFirstTimeAndAStableConnectionForgets', () => {
  let [machine, effect] = next(connected(), { type: 'down', at: 1, down: { closeCode: 4200 }, random: 0.9 });
  expect(effect).toEqual({ type: 'wait', ms: 0 });
  [machine] = next(machine, { type: 'due', at: 2 });
  [machine] = next(machine, { type: 'opened', at: 3 });
  const [, soon] = next(machine, { type: 'down', at: 4, down: { closeCode: 4200 }, random: 0.9 });
  expect(soon).toEqual({ type: 'wait', ms: 900 });
  const [, later] = next(machine, { type: 'down', at: 10_004, down: { closeCode: 4200 }, random: 0.9 });
  expect(later).toEqual({ type: 'wait', ms: 0 });
});

test('ItFailsForGoodWhenToldToStayAwayAndConnectsAgainWhenAsked', () => {
  const [machine, effect] = next(connected(), { type: 'down', at: 1, down: { closeCode: 4010 }, random: 0 });
  expect([machine.state, effect.type]).toEqual(['failed', 'end']);
  expect(next(machine, { type: 'connect', at: 2 })[0].state).toBe('connecting');
});

test('TwoMinutesWithoutAConnectionAreSuspended', () => {
  let [machine] = next(connected(), { type: 'down', at: 0, down: {}, random: 0 });
  [machine] = next(machine, { type: 'due', at: 120_000 });
  [machine] = next(machine, { type: 'down', at: 120_000, down: {}, random: 0 });
  expect(machine.state).toBe('suspended');
  expect(next(machine, { type: 'due', at: 120_001 })[0].state).toBe('connecting');
});

test('WhatHasWorkedGetsMoreChancesBeforeAnotherIsTried', () => {
  const fallback = new Fallback(['websocket', 'sse']);
  fallback.opened();
  expect([fallback.failed(), fallback.failed()]).toEqual([false, false]);
  expect(fallback.failed()).toBe(true);
  expect(fallback.current).toBe('sse');
  const fresh = new Fallback(['websocket', 'sse']);
  expect(fresh.failed()).toBe(true);
  expect(fresh.failed()).toBe(false);
  expect(fresh.current).toBe('websocket');
});

test('ADeviceThatSleptAsksAtOnceAndGivesUpSoon', () => {
  let now = 0;
  const said: string[] = [];
  const heartbeat = new Heartbeat(25_000, { ping: () => said.push('ping'), silent: () => said.push('silent') }, () => now);
  heartbeat.stop();
  now = 5_000;
  heartbeat.look();
  expect(said).toEqual([]);
  now = 600_000;
  heartbeat.look();
  expect(said).toEqual(['ping']);
  now = 605_000;
  heartbeat.look();
  expect(said).toEqual(['ping', 'silent']);
});

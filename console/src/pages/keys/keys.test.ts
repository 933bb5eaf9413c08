import { expect, test } from 'vitest';
import { bodyOf, faultsOf, NEW_KEY } from './draft';
import { endOfOld } from './rotation';
import { isGood, stateOf } from './state';

const NOW = Date.parse('2026-05-04T10:00:00Z');
const inHours = (hours: number): string => new Date(NOW + hours * 3_600_000).toISOString();

test('AKeySaysWhetherItOpensAnything', () => {
  expect(stateOf({ expiresAt: null, revokedAt: null }, NOW)).toBe('active');
  expect(stateOf({ expiresAt: inHours(24), revokedAt: null }, NOW)).toBe('ending');
  expect(stateOf({ expiresAt: inHours(-1), revokedAt: null }, NOW)).toBe('expired');
  expect(stateOf({ expiresAt: null, revokedAt: inHours(-1) }, NOW)).toBe('revoked');
  expect(isGood({ expiresAt: inHours(1), revokedAt: null }, NOW)).toBe(true);
});

test('ARotationNeverLetsTheOldKeyLiveLonger', () => {
  expect(endOfOld(null, 24, NOW)).toBe(inHours(24));
  expect(endOfOld(inHours(1), 24, NOW)).toBe(inHours(1));
  expect(endOfOld(inHours(100), 24, NOW)).toBe(inHours(24));
});

test('AnUnfinishedKeyIsNotSent', () => {
  const named = { ...NEW_KEY, name: ' a ' };
  expect(faultsOf(NEW_KEY, NOW)).toEqual({ name: 'Give it a name.' });
  expect(faultsOf(named, NOW)).toEqual({});
  expect(bodyOf(named, NOW)).toMatchObject({ name: 'a', expiresAt: null });
  expect(faultsOf({ ...named, expiry: { choice: 'at', at: '' } }, NOW)).toEqual({ expiry: 'Choose a day and a time.' });
  expect(faultsOf({ ...named, grants: [] }, NOW)).toEqual({ grants: 'Add at least one pattern.' });
  expect(bodyOf({ ...named, expiry: { choice: '30', at: '' } }, NOW).expiresAt).toBe(inHours(30 * 24));
});

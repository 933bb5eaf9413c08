import { expect, test } from 'vitest';
import { fieldsOf, NEW_KEY } from './draft';
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
  expect(fieldsOf(NEW_KEY, NOW).fields).toBeNull();
  expect(fieldsOf({ ...NEW_KEY, name: ' a ' }, NOW).fields).toMatchObject({ name: 'a', expiresAt: null });
  expect(fieldsOf({ ...NEW_KEY, name: 'a', expiry: { choice: 'at', at: '' } }, NOW)).toEqual({ fields: null, expiryFault: 'Choose a day and a time.' });
  expect(fieldsOf({ ...NEW_KEY, name: 'a', expiry: { choice: '30', at: '' } }, NOW).fields?.expiresAt).toBe(inHours(30 * 24));
});

import { expect, test } from 'vitest';
import { expiresAt, expiryOf, localField } from './expiry';
import { readWhole } from './whole-number';

test('AnEndIsChosenInThePersonsOwnZone', () => {
  const now = Date.parse('2026-05-04T10:00:00Z');
  expect(expiresAt(expiryOf(null), now)).toEqual({ value: null });
  expect(expiresAt(expiryOf('2026-05-05T10:00:00.000Z'), now)).toEqual({ value: '2026-05-05T10:00:00.000Z' });
  expect(expiresAt({ choice: 'at', at: localField('2026-05-04T09:00:00Z') }, now)).toHaveProperty('fault');
});

test('AnEndThatNobodyTouchedStaysToTheMillisecond', () => {
  const now = Date.parse('2026-05-04T10:00:00Z');
  const end = '2026-05-04T10:00:37.123Z';
  expect(expiresAt(expiryOf(end), now)).toEqual({ value: end });
  expect(expiresAt({ choice: 'at', at: expiryOf('2026-05-05T10:00:37.123Z').at }, now)).toEqual({ value: '2026-05-05T10:00:00.000Z' });
});

test('AWholeNumberStaysWithinItsBounds', () => {
  expect(readWhole('1,000', 1, 5000)).toEqual({ value: 1000 });
  for (const text of ['', '0', '5001', '1.5', '-1', 'x']) expect(readWhole(text, 1, 5000), text).toHaveProperty('fault');
});

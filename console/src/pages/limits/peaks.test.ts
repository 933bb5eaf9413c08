import { expect, test } from 'vitest';
import type { Schema } from '@/api/client';
import { withUnit } from '@/limits/units';
import { peaksOf } from './peaks';

const row = (start: string, appId: string, connectionsPeak: number, publishes: number): Schema<'Usage'> =>
  ({ start, appId, connectionsPeak, publishes, channelsPeak: 0, storedBytes: 0, deliveries: 0, webhooks: 0 }) as unknown as Schema<'Usage'>;

test('WhatATenantUsedIsTheBusiestHourOfAllItsApps', () => {
  const peaks = peaksOf([row('09', '1', 10, 3600), row('09', '2', 5, 3600), row('10', '1', 12, 0)]);
  expect(peaks.connections?.value).toBe(15);
  expect(peaks.publishesPerSecond?.value).toBe(2);
  expect(peaksOf([]).connections?.value).toBe(0);
});

test('FiguresAreReadWithTheirUnits', () => {
  expect(withUnit('bytes', 65_536)).toBe('65,536 bytes');
  expect(withUnit('bytes', 5_000_000_000)).toBe('5 GB');
  expect(withUnit('bytesPerSecond', 2_500_000)).toBe('2.5 MB/s');
  expect(withUnit('perSecond', 500)).toBe('500 /s');
  expect(withUnit('days', 1)).toBe('a day');
});

import type { TimeRangeName } from '@/parts/time-range';

/** How far back a page looks, and how finely. */
export interface Range {
  readonly id: TimeRangeName;
  readonly unit: 'minute' | 'hour' | 'day';
  /** Of one point, in milliseconds: a unit, or some of them together. */
  readonly step: number;
  readonly points: number;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Minutes are kept for 48 hours, hours for 90 days: none of these asks for what is gone. */
export const RANGES: Readonly<Record<TimeRangeName, Range>> = {
  '1h': { id: '1h', unit: 'minute', step: MINUTE, points: 60 },
  '6h': { id: '6h', unit: 'minute', step: 5 * MINUTE, points: 72 },
  '24h': { id: '24h', unit: 'minute', step: 15 * MINUTE, points: 96 },
  '7d': { id: '7d', unit: 'hour', step: HOUR, points: 168 },
  '30d': { id: '30d', unit: 'day', step: DAY, points: 30 },
};

/** The same of many apps: a day of minutes of each would be too many rows. */
export function coarse(range: Range): Range {
  return range.id === '24h' ? { ...range, unit: 'hour', step: HOUR, points: 24 } : range;
}

/** The points of a range: where the first one begins, and the end of the last, which now is in. */
export function windowOf({ step, points }: Range, now: number): { readonly from: number; readonly to: number } {
  const to = Math.floor(now / step) * step + step;
  return { from: to - step * points, to };
}

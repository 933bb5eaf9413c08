/** How far back a page looks, and how finely. */
export interface Range {
  readonly id: RangeId;
  readonly label: string;
  readonly unit: 'minute' | 'hour' | 'day';
  /** Of one point, in milliseconds: a unit, or some of them together. */
  readonly step: number;
  readonly points: number;
}

export type RangeId = '1h' | '6h' | '24h' | '7d' | '30d';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Minutes are kept for 48 hours, hours for 90 days: none of these asks for what is gone. */
export const RANGES: readonly Range[] = [
  { id: '1h', label: '1 hour', unit: 'minute', step: MINUTE, points: 60 },
  { id: '6h', label: '6 hours', unit: 'minute', step: 5 * MINUTE, points: 72 },
  { id: '24h', label: '24 hours', unit: 'hour', step: HOUR, points: 24 },
  { id: '7d', label: '7 days', unit: 'hour', step: HOUR, points: 168 },
  { id: '30d', label: '30 days', unit: 'day', step: DAY, points: 30 },
];

/** One of the address bar's; anything else is the first. */
export function rangeOf(id: string | null): Range {
  return RANGES.find((range) => range.id === id) ?? RANGES[0]!;
}

/** The points of a range: where the first one begins, and the end of the last, which now is in. */
export function windowOf({ step, points }: Range, now: number): { readonly from: number; readonly to: number } {
  const to = Math.floor(now / step) * step + step;
  return { from: to - step * points, to };
}

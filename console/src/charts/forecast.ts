import { DAY } from './range';

/** Days that the line is laid through, at most. */
export const FORECAST_DAYS = 7;
/** A line through two points says nothing about a third. */
const LEAST_DAYS = 3;
/** Further on than that a week says nothing. */
const HORIZON_DAYS = 30;

export type Forecast =
  | { readonly kind: 'tooLittle'; readonly days: number; readonly needed: number }
  | {
      readonly kind: 'line';
      readonly days: number;
      readonly perDay: number;
      /** What the line says for the day so many days after the last whole one; never below zero. */
      readonly at: (daysAhead: number) => number;
      /** The first day on which the line is at the limit, 1 is today; 0: it is reached; null: not within 30 days, or there is no limit. */
      readonly reachesInDays: number | null;
    };

/**
 * Linear least squares over the last days, each with what was used in it (or its peak), the oldest first; null is unknown and left out.
 * Whole days only: half of today would pull the line down.
 */
export function forecast(daily: readonly (number | null)[], limit: number | null): Forecast {
  const days = daily.slice(-FORECAST_DAYS);
  const points = days.map((y, i) => ({ x: i - (days.length - 1), y })).filter((point): point is { x: number; y: number } => point.y !== null);
  if (points.length < LEAST_DAYS) return { kind: 'tooLittle', days: points.length, needed: LEAST_DAYS };
  const meanX = mean(points.map(({ x }) => x));
  const meanY = mean(points.map(({ y }) => y));
  const perDay = sum(points.map(({ x, y }) => (x - meanX) * (y - meanY))) / sum(points.map(({ x }) => (x - meanX) ** 2));
  const at = (ahead: number): number => Math.max(0, meanY + perDay * (ahead - meanX));
  return { kind: 'line', days: points.length, perDay, at, reachesInDays: reaches(at, days.at(-1) ?? null, limit) };
}

function reaches(at: (ahead: number) => number, last: number | null, limit: number | null): number | null {
  if (limit === null) return null;
  if (last !== null && last >= limit) return 0;
  for (let ahead = 1; ahead <= HORIZON_DAYS; ahead++) if (at(ahead) >= limit) return ahead;
  return null;
}

/** Whole UTC days before now, the oldest first: where they begin. */
export function wholeDays(now: number, days = FORECAST_DAYS): readonly number[] {
  const today = Math.floor(now / DAY) * DAY;
  return Array.from({ length: days }, (_, i) => today - (days - i) * DAY);
}

/** By whole day, from rows of days; null where there was nothing to count yet. @param since when it was made, in milliseconds */
export function daily<Row extends { readonly start: string }>(rows: readonly Row[], now: number, since: number, value: (rows: readonly Row[]) => number): readonly (number | null)[] {
  return wholeDays(now).map((day) => (day < since - (since % DAY) ? null : value(rows.filter(({ start }) => Date.parse(start) === day))));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

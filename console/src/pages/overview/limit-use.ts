import type { Schema } from '@/api/client';
import { daily, forecast, type Forecast } from '@/charts/forecast';
import { DAY } from '@/charts/range';
import type { Gauge, UsageRow } from '@/charts/series';
import type { Unit } from '@/charts/format';
import type { Figures } from './use-figures';

/** One limit, what is used of it, and where that leads. */
export interface LimitUse {
  readonly name: string;
  readonly unit: Unit;
  readonly used: number | null;
  readonly limit: number | null;
  readonly forecast: Forecast;
  /** What the line is laid through. */
  readonly of: string;
}

/** @param rows by day, of all the tenant's apps */
export function limitUses(tenant: Schema<'Tenant'>, figures: Figures | undefined, rows: readonly UsageRow[], now: number): readonly LimitUse[] {
  const { limits } = tenant;
  const since = Date.parse(tenant.createdAt);
  const total = (value: (row: UsageRow) => number) => daily(rows, now, since, (of) => of.reduce((sum, row) => sum + value(row), 0));
  const today = rows.filter(({ start }) => Date.parse(start) === Math.floor(now / DAY) * DAY);
  const peak = (gauge: Gauge): number => today.reduce((sum, row) => sum + row[gauge], 0);
  const perSecond = (value: (row: UsageRow) => number) => total(value).map((sum) => (sum === null ? null : sum / (DAY / 1000)));
  return [
    { name: 'Connections', unit: 'count', used: figures?.connections ?? null, limit: limits.connections, forecast: forecast(total((row) => row.connectionsPeak), limits.connections), of: 'each day’s peak' },
    { name: 'Publishes', unit: 'perSecond', used: figures?.publishesPerSecond ?? null, limit: limits.publishesPerSecond, forecast: forecast(perSecond((row) => row.publishes), limits.publishesPerSecond), of: 'each day’s mean' },
    { name: 'Deliveries', unit: 'perSecond', used: figures?.deliveriesPerSecond ?? null, limit: limits.deliveriesPerSecond, forecast: forecast(perSecond((row) => row.deliveries), limits.deliveriesPerSecond), of: 'each day’s mean' },
    { name: 'Channels in use', unit: 'count', used: figures?.channels ?? null, limit: limits.channels, forecast: forecast(total((row) => row.channelsPeak), limits.channels), of: 'each day’s peak' },
    { name: 'Stored', unit: 'bytes', used: peak('storedBytes'), limit: limits.storedBytes, forecast: forecast(total((row) => row.storedBytes), limits.storedBytes), of: 'each day’s most' },
  ];
}

/** The forecast in words: what it goes by is always said. */
export function forecastWords({ forecast: line, limit, of, unit }: LimitUse, write: (value: number, unit: Unit) => string): string {
  if (line.kind === 'tooLittle') return `No forecast yet: it takes ${line.needed} whole days of use, and there ${line.days === 1 ? 'is 1' : `are ${line.days}`}.`;
  const basis = `a straight line through ${of} of the last ${line.days} days`;
  if (limit === null) return `In 30 days ${write(line.at(30), unit)}, by ${basis}.`;
  if (line.reachesInDays === 0) return `The limit was reached yesterday (${of}).`;
  if (line.reachesInDays === null) return `Below the limit for the next 30 days, by ${basis}.`;
  return `Reaches the limit in about ${line.reachesInDays} ${line.reachesInDays === 1 ? 'day' : 'days'}, by ${basis}.`;
}

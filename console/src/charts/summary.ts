import { format, moment, type Unit } from './format';
import type { Series } from './series';

/** What a chart shows, in words: for who cannot see it, and under it for who can. */
export function summary(name: string, { times, values }: Series, unit: Unit): string {
  const known = values.flatMap((value, i) => (value === null ? [] : [{ value, at: times[i]! }]));
  if (known.length === 0) return `${name}: nothing is known of this time.`;
  const last = known[known.length - 1]!;
  const most = known.reduce((a, b) => (b.value > a.value ? b : a));
  if (most.value === 0) return `${name}: 0 all the time.${unknown(values.length - known.length, values.length)}`;
  const mean = known.reduce((sum, { value }) => sum + value, 0) / known.length;
  return `${name}: latest ${format(last.value, unit)}, highest ${format(most.value, unit)} at ${moment(most.at)}, mean ${format(mean, unit)}.${unknown(values.length - known.length, values.length)}`;
}

function unknown(points: number, of: number): string {
  return points === 0 ? '' : ` ${points} of ${of} points are unknown.`;
}

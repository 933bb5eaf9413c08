import type { Schema } from '@/api/client';
import { MINUTE, windowOf, type Range } from './range';

/** A row of `GET /v1/tenants/{id}/usage`. */
export type UsageRow = Schema<'Usage'>;

/** What is the most of a time. */
export type Gauge = 'connectionsPeak' | 'channelsPeak' | 'membersPeak' | 'storedBytes';

/** Points in time and what was there; null is not known. */
export interface Series {
  /** Milliseconds since 1970, each where its step begins. */
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
}

/** What is known of the time that is asked for. */
export interface Known {
  readonly now: number;
  /** Nothing is known of what was before: when the app was made. */
  readonly since?: number | undefined;
}

/** Nodes write once a minute what they counted: the newest whole minute may still be on its way. */
const LATE = MINUTE;

/** Of a step that is not over so much has to be written: of less, a minute more or less would be half of it. */
const LEAST = 5 * MINUTE;

/**
 * Per second. There is a row for each unit in which anything was used: where there is none, there was nothing, so it is zero;
 * but before the app was made, and where nodes have not written yet, it is unknown. The newest step is divided by the time
 * that is written of it, not by the whole.
 */
export function rates(rows: readonly UsageRow[], range: Range, known: Known, value: (row: UsageRow) => number): Series {
  const sums = summed(rows, range, known, value);
  return { times: sums.times, values: sums.values.map((sum, i) => (sum === null ? null : sum / (covered(sums.times[i]!, range.step, known) / 1000))) };
}

/** The most of each step. Several apps' peaks of one unit are added: they may have been at one time, and no more than that can have been. */
export function peaks(rows: readonly UsageRow[], range: Range, known: Known, gauge: Gauge): Series {
  const units = new Map<number, number>();
  for (const row of rows) {
    const at = Date.parse(row.start);
    units.set(at, (units.get(at) ?? 0) + row[gauge]);
  }
  const most = new Map<number, number>();
  const { from } = windowOf(range, known.now);
  for (const [at, sum] of units) {
    const step = from + Math.floor((at - from) / range.step) * range.step;
    most.set(step, Math.max(most.get(step) ?? 0, sum));
  }
  return laid(most, range, known);
}

/**
 * Percentiles cannot be added up: of several units, or apps, the worst is what a step shows. Where nothing was delivered there
 * is no latency, which is not zero.
 */
export function latencies(rows: readonly UsageRow[], range: Range, known: Known, percentile: 'p50' | 'p95' | 'p99'): Series {
  const { from } = windowOf(range, known.now);
  const worst = new Map<number, number>();
  for (const { start, latencyMs } of rows) {
    if (latencyMs === null) continue;
    const step = from + Math.floor((Date.parse(start) - from) / range.step) * range.step;
    worst.set(step, Math.max(worst.get(step) ?? 0, latencyMs[percentile]));
  }
  const { times } = laid(worst, range, known);
  return { times, values: times.map((at) => worst.get(at) ?? null) };
}

/** Refusals by code, those told most often first. */
export function refusalCodes(rows: readonly UsageRow[]): readonly { readonly code: number; readonly count: number }[] {
  const codes = new Map<string, number>();
  for (const { refusals } of rows) for (const [code, count] of Object.entries(refusals)) codes.set(code, (codes.get(code) ?? 0) + count);
  return [...codes].map(([code, count]) => ({ code: Number(code), count })).sort((a, b) => b.count - a.count || a.code - b.code);
}

export function refusalsOf({ refusals }: UsageRow): number {
  return Object.values(refusals).reduce((sum, count) => sum + count, 0);
}

function summed(rows: readonly UsageRow[], range: Range, known: Known, value: (row: UsageRow) => number): Series {
  const { from } = windowOf(range, known.now);
  const steps = new Map<number, number>();
  for (const row of rows) {
    const at = Date.parse(row.start);
    const step = from + Math.floor((at - from) / range.step) * range.step;
    steps.set(step, (steps.get(step) ?? 0) + value(row));
  }
  return laid(steps, range, known);
}

function laid(steps: ReadonlyMap<number, number>, range: Range, known: Known): Series {
  const { from, to } = windowOf(range, known.now);
  const times: number[] = [];
  const values: (number | null)[] = [];
  for (let at = from; at < to; at += range.step) {
    times.push(at);
    const isWritten = covered(at, range.step, known) >= Math.min(range.step, LEAST);
    values.push(isWritten ? (steps.get(at) ?? 0) : null);
  }
  return { times, values };
}

/** Milliseconds of a step that something is known of, in whole minutes: of a unit that is not over, those that are. */
function covered(at: number, step: number, { now, since = -Infinity }: Known): number {
  const written = Math.floor((now - LATE) / MINUTE) * MINUTE;
  const begun = Math.floor(since / MINUTE) * MINUTE;
  return Math.min(at + step, written) - Math.max(at, begun);
}

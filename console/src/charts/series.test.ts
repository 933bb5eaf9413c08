import { describe, expect, it } from 'vitest';
import { coarse, RANGES, windowOf } from './range';
import { latencies, peaks, rates, refusalCodes, type UsageRow } from './series';

const NOW = Date.parse('2026-05-04T09:30:30Z');

function row(start: string, values: Partial<UsageRow> = {}): UsageRow {
  return { start, appId: '1', publishes: 0, deliveries: 0, bytesIn: 0, bytesOut: 0, connectionsPeak: 0, connectionMinutes: 0, channelsPeak: 0, membersPeak: 0, storedBytes: 0, webhooks: 0, refusals: {}, latencyMs: null, ...values };
}

describe('a range', () => {
  it.each(Object.values(RANGES))('of $id ends with the step that now is in', (range) => {
    const { from, to } = windowOf(range, NOW);
    expect(to).toBeGreaterThan(NOW);
    expect(to - range.step).toBeLessThanOrEqual(NOW);
    expect(to - from).toBe(range.step * range.points);
  });

  it('of many apps asks for no day of minutes', () => {
    expect(Object.values(RANGES).map((range) => coarse(range)).filter(({ unit, step, points }) => unit === 'minute' && step * points > 6 * 3_600_000)).toEqual([]);
  });
});

describe('rates', () => {
  const hour = RANGES['1h'];

  it('are per second, zero where nothing was used, unknown where nodes have not written yet', () => {
    const { times, values } = rates([row('2026-05-04T09:20:00Z', { publishes: 600 })], hour, { now: NOW }, (r) => r.publishes);
    const at = (text: string): number | null | undefined => values[times.indexOf(Date.parse(text))];
    expect(at('2026-05-04T09:20:00Z')).toBe(10);
    expect(at('2026-05-04T09:21:00Z')).toBe(0);
    expect(at('2026-05-04T09:28:00Z')).toBe(0);
    // The minute that ended 30 seconds ago, and the one that is not over.
    expect(at('2026-05-04T09:29:00Z')).toBeNull();
    expect(at('2026-05-04T09:30:00Z')).toBeNull();
  });

  it('are unknown before there was an app', () => {
    const { times, values } = rates([], hour, { now: NOW, since: Date.parse('2026-05-04T09:10:20Z') }, (r) => r.publishes);
    expect(values[times.indexOf(Date.parse('2026-05-04T09:09:00Z'))]).toBeNull();
    expect(values[times.indexOf(Date.parse('2026-05-04T09:10:00Z'))]).toBe(0);
  });

  it('of an hour that is not over are of what is written of it', () => {
    // 29 minutes are written.
    const { values } = rates([row('2026-05-04T09:00:00Z', { publishes: 29 * 60 })], coarse(RANGES['24h']), { now: NOW }, (r) => r.publishes);
    expect(values.at(-1)).toBe(1);
  });

  it('of an hour that has hardly begun are unknown', () => {
    const { values } = rates([row('2026-05-04T09:00:00Z', { publishes: 600 })], coarse(RANGES['24h']), { now: Date.parse('2026-05-04T09:03:30Z') }, (r) => r.publishes);
    expect(values.at(-1)).toBeNull();
  });

  it('of minutes are put together in longer steps', () => {
    const rows = [row('2026-05-04T09:00:00Z', { publishes: 300 }), row('2026-05-04T09:04:00Z', { publishes: 300 })];
    const { times, values } = rates(rows, RANGES['6h'], { now: NOW }, (r) => r.publishes);
    expect(values[times.indexOf(Date.parse('2026-05-04T09:00:00Z'))]).toBe(2);
  });

  it('of several apps add up', () => {
    const rows = [row('2026-05-03T00:00:00Z', { webhooks: 3 }), row('2026-05-03T00:00:00Z', { appId: '2', webhooks: 4 })];
    const { times, values } = rates(rows, RANGES['30d'], { now: NOW }, (r) => r.webhooks);
    expect(values[times.indexOf(Date.parse('2026-05-03T00:00:00Z'))]).toBeCloseTo(7 / 86_400);
  });
});

describe('peaks', () => {
  it('are the most of a step, of all apps together', () => {
    const rows = [
      row('2026-05-04T09:00:00Z', { connectionsPeak: 5 }),
      row('2026-05-04T09:00:00Z', { appId: '2', connectionsPeak: 4 }),
      row('2026-05-04T09:01:00Z', { connectionsPeak: 7 }),
    ];
    const { times, values } = peaks(rows, RANGES['6h'], { now: NOW }, 'connectionsPeak');
    expect(values[times.indexOf(Date.parse('2026-05-04T09:00:00Z'))]).toBe(9);
  });
});

describe('latencies', () => {
  it('are the worst unit of a step, and unknown where nothing was delivered', () => {
    const rows = [row('2026-05-04T09:00:00Z', { latencyMs: { p50: 1, p95: 2, p99: 3 } }), row('2026-05-04T09:01:00Z', { latencyMs: { p50: 2, p95: 3, p99: 9 } }), row('2026-05-04T09:02:00Z')];
    const { times, values } = latencies(rows, RANGES['6h'], { now: NOW }, 'p99');
    expect(values[times.indexOf(Date.parse('2026-05-04T09:00:00Z'))]).toBe(9);
    expect(values.filter((value) => value !== null)).toHaveLength(1);
  });
});

describe('refusals', () => {
  it('are told by code, the most first', () => {
    expect(refusalCodes([row('x', { refusals: { '40160': 2, '42910': 1 } }), row('y', { refusals: { '42910': 5 } })])).toEqual([
      { code: 42910, count: 6 },
      { code: 40160, count: 2 },
    ]);
  });
});


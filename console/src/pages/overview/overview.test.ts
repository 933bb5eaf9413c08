import { describe, expect, it } from 'vitest';
import { format } from '@/charts/format';
import { appsByUse } from './apps-by-use';
import { forecastWords, type LimitUse } from './limit-use';
import { together, type Node } from './use-nodes';

const line = { kind: 'line' as const, days: 7, perDay: 1, at: (ahead: number) => 10 * ahead };
const use: LimitUse = { name: 'Connections', unit: 'count', used: 1, limit: 100, of: 'each day’s peak', forecast: { ...line, reachesInDays: 3 } };

describe('a forecast', () => {
  it('always says what it goes by', () => {
    expect(forecastWords(use, format)).toBe('Reaches the limit in about 3 days, by a straight line through each day’s peak of the last 7 days.');
    expect(forecastWords({ ...use, limit: null }, format)).toContain('In 30 days 300, by a straight line');
    expect(forecastWords({ ...use, forecast: { ...line, reachesInDays: null } }, format)).toContain('Below the limit for the next 30 days');
  });

  it('is none where there is too little to go by, and says so', () => {
    expect(forecastWords({ ...use, forecast: { kind: 'tooLittle', days: 1, needed: 3 } }, format)).toBe('No forecast yet: it takes 3 whole days of use, and there is 1.');
  });
});

describe('nodes together', () => {
  const figures = { channels: 1, publishesPerSecond: 2, deliveriesPerSecond: 3, bytesInPerSecond: 4, bytesOutPerSecond: 5, refusalsPerSecond: 6, latencyMs: { p50: 1, p95: 2, p99: 3 }, heapUsedBytes: 1, heapMaxBytes: 2, at: '2026-05-04T09:31:07.000Z' };
  const node: Node = { id: 'a', startedAt: '2026-05-04T08:00:00.000Z', version: '1', connections: 10, live: true, figures };

  it('add up, but for latencies, of which the worst is told; who is gone does not count', () => {
    const all = together([node, { ...node, id: 'b', figures: { ...figures, latencyMs: { p50: 4, p95: 5, p99: 6 } } }, { ...node, id: 'c', live: false, figures: null }]);
    expect(all).toMatchObject({ connections: 20, deliveriesPerSecond: 6, latencyMs: { p50: 4, p95: 5, p99: 6 } });
  });

  it('without any that tells have no latency', () => {
    expect(together([{ ...node, figures: null }]).latencyMs).toBeNull();
  });
});

describe('apps by use', () => {
  it('have those that did nothing, and those that are deleted and did something', () => {
    const app = (id: string, name: string) => ({ id, name }) as Parameters<typeof appsByUse>[0][number];
    const row = (appId: string, deliveries: number) => ({ appId, deliveries, publishes: 1, connectionsPeak: deliveries, refusals: { '40160': 2 } }) as unknown as Parameters<typeof appsByUse>[1][number];
    const uses = appsByUse([app('1', 'quiet'), app('2', 'busy')], [row('2', 5), row('2', 7), row('3', 1)]);
    expect(uses.map(({ id, name, deliveries, connectionsPeak, refusals }) => [id, name, deliveries, connectionsPeak, refusals])).toEqual([
      ['2', 'busy', 12, 7, 4],
      ['3', null, 1, 1, 2],
      ['1', 'quiet', 0, 0, 0],
    ]);
  });
});

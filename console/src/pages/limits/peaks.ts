import { queryOptions } from '@tanstack/react-query';
import { api, take, type Schema } from '@/api/client';
import type { LimitName } from '@/limits/fields';

export interface Peak {
  readonly value: number;
  /** "at most in 24 h". */
  readonly of: string;
}

/** The limits of which the use is told. */
const PEAKS = ['connections', 'channels', 'storedBytes', 'publishesPerSecond', 'deliveriesPerSecond', 'webhooksPerSecond'] as const satisfies readonly LimitName[];
export type Peaks = Record<(typeof PEAKS)[number], Peak>;

export function isPeak(name: LimitName): name is keyof Peaks {
  return (PEAKS as readonly LimitName[]).includes(name);
}

const DAY_MS = 86_400_000;
/** A tenant's minutes of a day can be many rows; so many pages are read at most. */
const MAX_PAGES = 20;

type Usage = Schema<'Usage'>;

/** What was used of limits in the last 24 hours. Peaks of a tenant's apps add up, so they are at most this. */
export const peaksQuery = (tenantId: string) =>
  queryOptions({
    queryKey: ['tenants', tenantId, 'limit-peaks'],
    queryFn: async () => peaksOf(await hoursOf(tenantId)),
    staleTime: 60_000,
    refetchInterval: 60_000,
  });

async function hoursOf(tenantId: string): Promise<Usage[]> {
  const start = new Date(Date.now() - DAY_MS).toISOString();
  const rows: Usage[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const query = { unit: 'hour' as const, start, limit: 1000, cursor };
    // The other answer of the route is CSV, which this does not ask for.
    const answer = (await take(api.GET('/v1/tenants/{tenantId}/usage', { params: { path: { tenantId }, query } }))) as Schema<'UsagePage'>;
    rows.push(...answer.items);
    if (!answer.next) break;
    cursor = answer.next;
  }
  return rows;
}

/** Rates are an hour's mean, which hides a burst: it is said so. */
export function peaksOf(rows: readonly Usage[]): Peaks {
  const hours = new Map<string, Usage[]>();
  for (const row of rows) hours.set(row.start, [...(hours.get(row.start) ?? []), row]);
  const most = (of: (row: Usage) => number): number => Math.max(0, ...[...hours.values()].map((apps) => apps.reduce((sum, row) => sum + of(row), 0)));
  const perSecond = (of: (row: Usage) => number): number => Math.round((most(of) / 3600) * 10) / 10;
  const peak = 'at most in 24 h';
  const mean = 'in the busiest hour, on average';
  return {
    connections: { value: most((row) => row.connectionsPeak), of: peak },
    channels: { value: most((row) => row.channelsPeak), of: `occupied ${peak}` },
    storedBytes: { value: most((row) => row.storedBytes), of: peak },
    publishesPerSecond: { value: perSecond((row) => row.publishes), of: mean },
    deliveriesPerSecond: { value: perSecond((row) => row.deliveries), of: mean },
    webhooksPerSecond: { value: perSecond((row) => row.webhooks), of: mean },
  };
}

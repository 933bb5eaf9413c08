import { useQuery } from '@tanstack/react-query';
import { api, take, type Schema } from '@/api/client';
import { DAY, windowOf, type Range } from '@/charts/range';
import { FORECAST_DAYS } from '@/charts/forecast';

type Usage = Schema<'Usage'>;

/** Nodes write once a minute. */
const REFRESH_MS = 30_000;
const PAGE = 1_000;
/** Of more the page says that it is not all. */
const MOST_PAGES = 20;

export interface UsageRead {
  readonly rows: readonly Usage[];
  /** When it was asked for: what the newest points are of. */
  readonly now: number;
  /** There were more rows than are read. */
  readonly cut: boolean;
}

/** Rows of a tenant, or of one of its apps. */
export function useUsage(tenantId: string, appId: string | undefined, range: Range) {
  return useQuery({
    queryKey: ['tenants', tenantId, 'usage', appId ?? null, range.id, range.unit],
    queryFn: () => readUsage(tenantId, appId, range.unit, windowOf(range, Date.now()).from),
    refetchInterval: REFRESH_MS,
    // Another range of the same; never what another tenant or app did.
    placeholderData: (before, query) => (query?.queryKey[1] === tenantId && query.queryKey[3] === (appId ?? null) ? before : undefined),
  });
}

/** The whole days that a forecast goes by, and today. */
export function useDailyUsage(tenantId: string) {
  return useQuery({
    queryKey: ['tenants', tenantId, 'usage', 'daily'],
    queryFn: () => readUsage(tenantId, undefined, 'day', Math.floor(Date.now() / DAY) * DAY - FORECAST_DAYS * DAY),
    staleTime: 60_000,
    refetchInterval: 5 * 60_000,
  });
}

export async function readUsage(tenantId: string, appId: string | undefined, unit: Range['unit'], start: number): Promise<UsageRead> {
  const now = Date.now();
  const rows: Usage[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const query = { unit, start: new Date(start).toISOString(), limit: PAGE, ...(appId !== undefined && { appId }), ...(cursor !== null && { cursor }) };
    // CSV comes only to who asks for it.
    const page = (await take(api.GET('/v1/tenants/{tenantId}/usage', { params: { path: { tenantId }, query } }))) as Schema<'UsagePage'>;
    rows.push(...page.items);
    cursor = page.next ?? null;
    if (cursor === null) return { rows, now, cut: false };
  }
  return { rows, now, cut: true };
}

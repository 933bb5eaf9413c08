import { useQueries, useQuery } from '@tanstack/react-query';
import { api, take } from '@/api/client';
import { useSession } from '@/api/session';
import { coarse, RANGES, windowOf } from '@/charts/range';
import type { TimeRangeName } from '@/parts/time-range';
import type { Figures } from './use-figures';
import { readUsage, type UsageRead } from './use-usage';

/** Each is asked about for itself: an installation of more has this page for the first of them, and says so. */
const MOST = 25;
const REFRESH_MS = 10_000;
const USAGE_REFRESH_MS = 60_000;

export interface TenantUse {
  readonly id: string;
  readonly name: string;
  readonly figures: Figures | undefined;
  readonly usage: UsageRead | undefined;
}

export interface TenantsUse {
  /** Undefined: not known yet. */
  readonly tenants: readonly TenantUse[] | undefined;
  /** What each used is known, or will not be: their order stays. */
  readonly isRanked: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
  readonly more: boolean;
}

/** The tenants whose pages the person may see: an operator all, others those they are a member of. */
export function useTenantsUse(range: TimeRangeName): TenantsUse {
  const session = useSession();
  const { operator } = session.account;
  const listed = useQuery({
    queryKey: ['tenants', 'first'],
    queryFn: () => take(api.GET('/v1/tenants', { params: { query: { limit: MOST } } })),
    enabled: operator,
  });
  const names = operator ? listed.data?.items.map(({ id, name }) => ({ id, name })) : session.memberships.slice(0, MOST).map(({ tenantId, tenantName }) => ({ id: tenantId, name: tenantName }));
  const figures = useQueries({
    queries: (names ?? []).map(({ id }) => ({
      queryKey: ['tenants', id, 'figures', 'now'],
      queryFn: () => take(api.GET('/v1/tenants/{tenantId}/figures', { params: { path: { tenantId: id } } })),
      refetchInterval: REFRESH_MS,
    })),
  });
  const { unit } = coarse(RANGES[range]);
  const usages = useQueries({
    queries: (names ?? []).map(({ id }) => ({
      queryKey: ['tenants', id, 'usage', null, range, unit],
      queryFn: () => readUsage(id, undefined, unit, windowOf(coarse(RANGES[range]), Date.now()).from),
      refetchInterval: USAGE_REFRESH_MS,
    })),
  });
  return {
    tenants: names?.map((tenant, i) => ({ ...tenant, figures: figures[i]?.data, usage: usages[i]?.data })),
    isRanked: names !== undefined && usages.every(({ isPending }) => !isPending),
    error: listed.error ?? usages.find(({ error, data }) => error && !data)?.error ?? null,
    retry: () => void Promise.all([listed.refetch(), ...usages.map((usage) => usage.refetch())]),
    more: operator ? listed.data?.next != null : session.memberships.length > MOST,
  };
}

/** All of them as one; undefined until each is there. */
export function allTogether(tenants: readonly TenantUse[] | undefined): UsageRead | undefined {
  const reads = tenants?.map(({ usage }) => usage);
  if (!reads || reads.some((usage) => usage === undefined)) return undefined;
  const known = reads as UsageRead[];
  return { rows: known.flatMap(({ rows }) => rows), now: known.reduce((latest, { now }) => Math.max(latest, now), 0) || Date.now(), cut: known.some(({ cut }) => cut) };
}

import { useQuery } from '@tanstack/react-query';
import { api, take, type Schema } from '@/api/client';
import type { Series } from '@/charts/series';

export type Figures = Schema<'Figures'>;

const REFRESH_MS = 2_000;
/** Two minutes of them. */
export const SAMPLES = 60;

export interface Sampled<F> {
  readonly now: F;
  /** The newest last. */
  readonly samples: readonly F[];
}

/** What goes on in an app, and how it was while the page was open. */
export function useAppFigures(appId: string) {
  return useSampled(['apps', appId, 'figures'], () => take(api.GET('/v1/apps/{appId}/figures', { params: { path: { appId } } })));
}

export function useTenantFigures(tenantId: string) {
  return useSampled(['tenants', tenantId, 'figures'], () => take(api.GET('/v1/tenants/{tenantId}/figures', { params: { path: { tenantId } } })));
}

/** The samples live in the cache beside what was asked for: who comes back to a page finds them. */
export function useSampled<F>(queryKey: readonly unknown[], read: () => Promise<F>) {
  return useQuery({
    queryKey,
    queryFn: async ({ client }): Promise<Sampled<F>> => {
      const now = await read();
      const before = client.getQueryData<Sampled<F>>(queryKey)?.samples ?? [];
      return { now, samples: [...before, now].slice(-SAMPLES) };
    },
    refetchInterval: REFRESH_MS,
    staleTime: 0,
  });
}

/** One figure of the samples, as a line without a scale of time. */
export function seriesOf<F>(sampled: Sampled<F> | undefined, value: (figures: F) => number | null): Series | undefined {
  return sampled && { times: sampled.samples.map((_, i) => i), values: sampled.samples.map(value) };
}

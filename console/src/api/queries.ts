import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { api, take, type Schema } from './client';

/** One app; pages under /apps/$appId find it loaded. */
export const appQuery = (appId: string) =>
  queryOptions({
    queryKey: ['apps', appId],
    queryFn: () => take(api.GET('/v1/apps/{appId}', { params: { path: { appId } } })),
    staleTime: 30_000,
  });

export const tenantQuery = (tenantId: string) =>
  queryOptions({
    queryKey: ['tenants', tenantId],
    queryFn: () => take(api.GET('/v1/tenants/{tenantId}', { params: { path: { tenantId } } })),
    staleTime: 30_000,
  });

export function useApp(appId: string): Schema<'App'> {
  return useSuspenseQuery(appQuery(appId)).data;
}

export function useTenant(tenantId: string): Schema<'Tenant'> {
  return useSuspenseQuery(tenantQuery(tenantId)).data;
}

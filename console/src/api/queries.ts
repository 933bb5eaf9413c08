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

/** The apps of a tenant, the first 1,000: for switchers and the palette. */
export const appsQuery = (tenantId: string) =>
  queryOptions({
    queryKey: ['tenants', tenantId, 'apps', 'all'],
    queryFn: async () => (await take(api.GET('/v1/tenants/{tenantId}/apps', { params: { path: { tenantId }, query: { limit: 1000 } } }))).items,
    staleTime: 30_000,
  });

/** All tenants, the first 1,000: for operators' switcher and palette. */
export const allTenantsQuery = queryOptions({
  queryKey: ['tenants', 'all'],
  queryFn: async () => (await take(api.GET('/v1/tenants', { params: { query: { limit: 1000 } } }))).items,
  staleTime: 30_000,
});

import { queryOptions } from '@tanstack/react-query';
import { api, take, type Schema } from '@/api/client';

export type Hook = Schema<'Hook'>;

export const hooksKey = (appId: string) => ['apps', appId, 'hooks'] as const;
export const hookKey = (appId: string, hookId: string) => [...hooksKey(appId), hookId] as const;

export function hookPage(appId: string, cursor: string | undefined): Promise<Schema<'HookPage'>> {
  return take(api.GET('/v1/apps/{appId}/hooks', { params: { path: { appId }, query: { limit: 100, cursor } } }));
}

export const hookQuery = (appId: string, hookId: string) =>
  queryOptions({
    queryKey: [...hookKey(appId, hookId), 'one'],
    queryFn: () => take(api.GET('/v1/apps/{appId}/hooks/{hookId}', { params: { path: { appId, hookId } } })),
  });

export const callsQuery = (appId: string, hookId: string) =>
  queryOptions({
    queryKey: [...hookKey(appId, hookId), 'calls'],
    queryFn: () => take(api.GET('/v1/apps/{appId}/hooks/{hookId}/calls', { params: { path: { appId, hookId } } })),
    refetchInterval: 5_000,
  });

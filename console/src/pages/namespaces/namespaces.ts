import { queryOptions } from '@tanstack/react-query';
import { api, take, type Schema } from '@/api/client';

export type Namespace = Schema<'Namespace'>;

export const namespacesKey = (appId: string) => ['apps', appId, 'namespaces'] as const;

/** All of them: which one applies is a question about the whole list. */
export const namespacesQuery = (appId: string) =>
  queryOptions({
    queryKey: [...namespacesKey(appId), 'all'],
    queryFn: async () => {
      const found: Namespace[] = [];
      let cursor: string | undefined;
      do {
        const page = await take(api.GET('/v1/apps/{appId}/namespaces', { params: { path: { appId }, query: { limit: 1000, cursor } } }));
        found.push(...page.items);
        cursor = page.next ?? undefined;
      } while (cursor !== undefined);
      return found;
    },
  });

export interface Versioned {
  readonly namespace: Namespace;
  /** For If-Match: what somebody else saved meanwhile is not overwritten. */
  readonly etag: string;
}

export const namespaceQuery = (appId: string, name: string) =>
  queryOptions({
    queryKey: [...namespacesKey(appId), 'one', name],
    queryFn: async (): Promise<Versioned> => {
      const { data, response } = await api.GET('/v1/apps/{appId}/namespaces/{name}', { params: { path: { appId, name } } });
      return { namespace: data as Namespace, etag: response.headers.get('etag') ?? '' };
    },
  });

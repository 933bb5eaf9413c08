import { queryOptions } from '@tanstack/react-query';
import { api, take, type Schema } from '@/api/client';

export type Key = Schema<'Key'>;

/** Of lists: each key of an app, without its secret, which no list has. */
export const keysKey = (appId: string) => ['apps', appId, 'keys'] as const;

export function keyPage(appId: string, cursor: string | undefined): Promise<Schema<'KeyPage'>> {
  return take(api.GET('/v1/apps/{appId}/keys', { params: { path: { appId }, query: { limit: 100, cursor } } }));
}

export const keyQuery = (appId: string, keyId: string) =>
  queryOptions({
    queryKey: [...keysKey(appId), 'one', keyId],
    queryFn: () => take(api.GET('/v1/apps/{appId}/keys/{keyId}', { params: { path: { appId, keyId } } })),
  });

/** All keys, for a choice among them: an app has few. */
export const allKeysQuery = (appId: string) =>
  queryOptions({
    queryKey: [...keysKey(appId), 'all'],
    queryFn: async () => {
      const keys: Key[] = [];
      let cursor: string | undefined;
      do {
        const page = await keyPage(appId, cursor);
        keys.push(...page.items);
        cursor = page.next ?? undefined;
      } while (cursor !== undefined && keys.length < 1000);
      return keys;
    },
  });

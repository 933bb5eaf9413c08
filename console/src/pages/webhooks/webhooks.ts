import { queryOptions } from '@tanstack/react-query';
import { api, take, type Schema } from '@/api/client';
import type { DeliveryState } from './search';

export type Webhook = Schema<'Webhook'>;
export type Delivery = Schema<'Delivery'>;

export const webhooksKey = (appId: string) => ['apps', appId, 'webhooks'] as const;
export const webhookKey = (appId: string, webhookId: string) => [...webhooksKey(appId), webhookId] as const;
export const deliveriesKey = (appId: string, webhookId: string) => [...webhookKey(appId, webhookId), 'deliveries'] as const;

export function webhookPage(appId: string, cursor: string | undefined): Promise<Schema<'WebhookPage'>> {
  return take(api.GET('/v1/apps/{appId}/webhooks', { params: { path: { appId }, query: { limit: 100, cursor } } }));
}

export const webhookQuery = (appId: string, webhookId: string) =>
  queryOptions({
    queryKey: [...webhookKey(appId, webhookId), 'one'],
    queryFn: () => take(api.GET('/v1/apps/{appId}/webhooks/{webhookId}', { params: { path: { appId, webhookId } } })),
  });

export function deliveryPage(appId: string, webhookId: string, state: DeliveryState | undefined, cursor: string | undefined, limit = 50): Promise<Schema<'DeliveryPage'>> {
  return take(api.GET('/v1/apps/{appId}/webhooks/{webhookId}/deliveries', { params: { path: { appId, webhookId }, query: { state, limit, cursor } } }));
}

export const deliveryQuery = (appId: string, webhookId: string, deliveryId: string) =>
  queryOptions({
    queryKey: [...deliveriesKey(appId, webhookId), 'one', deliveryId],
    queryFn: () =>
      take(api.GET('/v1/apps/{appId}/webhooks/{webhookId}/deliveries/{deliveryId}', { params: { path: { appId, webhookId, deliveryId } } })),
  });

/** So many are counted; beyond it there are “100+”. */
const COUNTED = 100;

export interface Backlog {
  readonly pending: string;
  readonly dead: string;
}

/** What waits and what was given up, counted by the lists of the contract. */
export const backlogQuery = (appId: string, webhookId: string) =>
  queryOptions({
    queryKey: [...deliveriesKey(appId, webhookId), 'backlog'],
    queryFn: async (): Promise<Backlog> => {
      const [pending, dead] = await Promise.all(
        (['pending', 'dead'] as const).map(async (state) => {
          const page = await deliveryPage(appId, webhookId, state, undefined, COUNTED);
          return page.next === null ? String(page.items.length) : `${COUNTED}+`;
        }),
      );
      return { pending: pending ?? '0', dead: dead ?? '0' };
    },
    refetchInterval: 10_000,
  });

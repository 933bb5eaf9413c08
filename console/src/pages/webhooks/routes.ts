import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '@/app/parents';
import { deliverySearch } from './search';

export const webhookRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: 'webhooks',
    staticData: { title: 'Webhooks' },
    component: lazyRouteComponent(() => import('./WebhooksPage'), 'WebhooksPage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: 'webhooks/new',
    staticData: { title: 'New webhook' },
    component: lazyRouteComponent(() => import('./NewWebhookPage'), 'NewWebhookPage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: 'webhooks/$webhookId',
    validateSearch: deliverySearch,
    staticData: { title: 'Webhook' },
    component: lazyRouteComponent(() => import('./WebhookPage'), 'WebhookPage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: 'webhooks/$webhookId/settings',
    staticData: { title: 'Webhook' },
    component: lazyRouteComponent(() => import('./WebhookSettingsPage'), 'WebhookSettingsPage'),
  }),
] as const;

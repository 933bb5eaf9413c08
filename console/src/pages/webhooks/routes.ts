import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '@/app/parents';

export const webhookRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: 'webhooks',
    staticData: { title: 'Webhooks' },
    component: lazyRouteComponent(() => import('./WebhooksPage'), 'WebhooksPage'),
  }),
] as const;

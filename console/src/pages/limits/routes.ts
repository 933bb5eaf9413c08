import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { tenantRoute } from '@/app/parents';

export const limitRoutes = [
  createRoute({
    getParentRoute: () => tenantRoute,
    path: 'limits',
    staticData: { title: 'Limits' },
    component: lazyRouteComponent(() => import('./LimitsPage'), 'LimitsPage'),
  }),
] as const;

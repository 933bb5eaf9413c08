import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '@/app/parents';

export const refusalRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: 'refusals',
    staticData: { title: 'Refusals' },
    component: lazyRouteComponent(() => import('./RefusalsPage'), 'RefusalsPage'),
  }),
] as const;

import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '@/app/parents';

export const liveRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: 'live',
    staticData: { title: 'Live' },
    component: lazyRouteComponent(() => import('./LivePage'), 'LivePage'),
  }),
] as const;

import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '@/app/parents';
import { liveSearch } from './search';

export const liveRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: 'live',
    validateSearch: liveSearch,
    staticData: { title: 'Live' },
    component: lazyRouteComponent(() => import('./LivePage'), 'LivePage'),
  }),
] as const;

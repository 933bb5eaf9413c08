import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '@/app/parents';
import { refusalSearch } from './search';

export const refusalRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: 'refusals',
    validateSearch: refusalSearch,
    staticData: { title: 'Refusals' },
    component: lazyRouteComponent(() => import('./RefusalsPage'), 'RefusalsPage'),
  }),
] as const;

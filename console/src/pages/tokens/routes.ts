import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '@/app/parents';
import { tokenSearch } from './search';

export const tokenRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: 'tokens',
    validateSearch: tokenSearch,
    staticData: { title: 'Token tool' },
    component: lazyRouteComponent(() => import('./TokensPage'), 'TokensPage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: 'tokens/read',
    staticData: { title: 'Token tool' },
    component: lazyRouteComponent(() => import('./ReadTokenPage'), 'ReadTokenPage'),
  }),
] as const;

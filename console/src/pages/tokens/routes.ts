import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '@/app/parents';

export const tokenRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: 'tokens',
    staticData: { title: 'Token tool' },
    component: lazyRouteComponent(() => import('./TokensPage'), 'TokensPage'),
  }),
] as const;

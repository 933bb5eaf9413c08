import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '@/app/parents';

export const keyRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: 'keys',
    staticData: { title: 'Keys' },
    component: lazyRouteComponent(() => import('./KeysPage'), 'KeysPage'),
  }),
] as const;

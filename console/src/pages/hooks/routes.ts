import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '@/app/parents';

export const hookRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: 'hooks',
    staticData: { title: 'Hooks' },
    component: lazyRouteComponent(() => import('./HooksPage'), 'HooksPage'),
  }),
] as const;

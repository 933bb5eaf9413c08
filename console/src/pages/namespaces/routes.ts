import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '@/app/parents';

export const namespaceRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: 'namespaces',
    staticData: { title: 'Namespaces' },
    component: lazyRouteComponent(() => import('./NamespacesPage'), 'NamespacesPage'),
  }),
] as const;

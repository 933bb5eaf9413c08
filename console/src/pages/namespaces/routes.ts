import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '@/app/parents';

export const namespaceRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: 'namespaces',
    staticData: { title: 'Namespaces' },
    component: lazyRouteComponent(() => import('./NamespacesPage'), 'NamespacesPage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: 'namespaces/new',
    staticData: { title: 'New namespace' },
    component: lazyRouteComponent(() => import('./NewNamespacePage'), 'NewNamespacePage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: 'namespaces/$name',
    staticData: { title: 'Namespace' },
    component: lazyRouteComponent(() => import('./NamespacePage'), 'NamespacePage'),
  }),
] as const;

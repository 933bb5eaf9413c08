import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '@/app/parents';

export const keyRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: 'keys',
    staticData: { title: 'Keys' },
    component: lazyRouteComponent(() => import('./KeysPage'), 'KeysPage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: 'keys/new',
    staticData: { title: 'New key' },
    component: lazyRouteComponent(() => import('./NewKeyPage'), 'NewKeyPage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: 'keys/$keyId',
    staticData: { title: 'Key' },
    component: lazyRouteComponent(() => import('./KeyPage'), 'KeyPage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: 'keys/$keyId/edit',
    staticData: { title: 'Edit key' },
    component: lazyRouteComponent(() => import('./EditKeyPage'), 'EditKeyPage'),
  }),
] as const;

import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '@/app/parents';

export const connectionRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: 'connections',
    staticData: { title: 'Connections' },
    component: lazyRouteComponent(() => import('./ConnectionsPage'), 'ConnectionsPage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: 'connections/view',
    validateSearch: (search: Record<string, unknown>): { id: string } => ({ id: String(search.id ?? '') }),
    staticData: { title: 'Connection' },
    component: lazyRouteComponent(() => import('./ConnectionPage'), 'ConnectionPage'),
  }),
] as const;

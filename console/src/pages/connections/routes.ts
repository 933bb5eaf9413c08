import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { appRoute } from '@/app/parents';

const text = (value: unknown): string => (typeof value === 'string' ? value : value === undefined ? '' : String(value));

export const connectionRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: 'connections',
    validateSearch: (search: Record<string, unknown>): { client?: string } => (text(search.client) === '' ? {} : { client: text(search.client) }),
    staticData: { title: 'Connections' },
    component: lazyRouteComponent(() => import('./ConnectionsPage'), 'ConnectionsPage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: 'connections/view',
    validateSearch: (search: Record<string, unknown>): { id: string } => ({ id: text(search.id) }),
    staticData: { title: 'Connection' },
    beforeLoad: ({ params, search }) => {
      if (search.id === '') throw redirect({ to: '/apps/$appId/connections', params, replace: true });
    },
    component: lazyRouteComponent(() => import('./ConnectionPage'), 'ConnectionPage'),
  }),
] as const;

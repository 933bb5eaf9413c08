import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '@/app/parents';

export const errorRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/errors',
    validateSearch: (search: Record<string, unknown>): { code?: number } => (Number.isInteger(Number(search.code ?? NaN)) ? { code: Number(search.code) } : {}),
    staticData: { title: 'Error catalogue' },
    component: lazyRouteComponent(() => import('./ErrorsPage'), 'ErrorsPage'),
  }),
] as const;

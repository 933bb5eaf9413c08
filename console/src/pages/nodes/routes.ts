import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '@/app/parents';

export const nodeRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/nodes',
    staticData: { title: 'Nodes' },
    component: lazyRouteComponent(() => import('./NodesPage'), 'NodesPage'),
  }),
] as const;

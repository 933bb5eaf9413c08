import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '@/app/parents';

export const explainRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: 'explain',
    staticData: { title: 'Explain' },
    component: lazyRouteComponent(() => import('./ExplainPage'), 'ExplainPage'),
  }),
] as const;

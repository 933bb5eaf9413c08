import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '@/app/parents';
import { questionSearch } from './search';

export const explainRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: 'explain',
    validateSearch: questionSearch,
    staticData: { title: 'Explain' },
    component: lazyRouteComponent(() => import('./ExplainPage'), 'ExplainPage'),
  }),
] as const;

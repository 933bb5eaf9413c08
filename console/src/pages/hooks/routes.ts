import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '@/app/parents';

export const hookRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: 'hooks',
    staticData: { title: 'Hooks' },
    component: lazyRouteComponent(() => import('./HooksPage'), 'HooksPage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: 'hooks/new',
    staticData: { title: 'New hook' },
    component: lazyRouteComponent(() => import('./NewHookPage'), 'NewHookPage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: 'hooks/$hookId',
    staticData: { title: 'Hook' },
    component: lazyRouteComponent(() => import('./HookPage'), 'HookPage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: 'hooks/$hookId/settings',
    staticData: { title: 'Hook' },
    component: lazyRouteComponent(() => import('./HookSettingsPage'), 'HookSettingsPage'),
  }),
] as const;

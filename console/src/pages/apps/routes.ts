import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '@/app/parents';

export const appSettingsRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: 'settings',
    staticData: { title: 'App settings' },
    component: lazyRouteComponent(() => import('./AppSettingsPage'), 'AppSettingsPage'),
  }),
] as const;

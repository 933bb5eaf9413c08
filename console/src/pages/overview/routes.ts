import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute, signedInRoute, tenantRoute } from '@/app/parents';

export const homeRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/',
    staticData: { title: 'Overview' },
    component: lazyRouteComponent(() => import('./HomePage'), 'HomePage'),
  }),
] as const;

export const tenantOverviewRoutes = [
  createRoute({
    getParentRoute: () => tenantRoute,
    path: '/',
    staticData: { title: 'Overview' },
    component: lazyRouteComponent(() => import('./TenantPage'), 'TenantPage'),
  }),
] as const;

export const appOverviewRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: '/',
    staticData: { title: 'Overview' },
    component: lazyRouteComponent(() => import('./AppPage'), 'AppPage'),
  }),
] as const;

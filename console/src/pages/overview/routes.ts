import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute, signedInRoute, tenantRoute } from '@/app/parents';
import { timeRangeSearch } from '@/parts/time-range';

export const homeRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/',
    validateSearch: timeRangeSearch,
    staticData: { title: 'Overview' },
    component: lazyRouteComponent(() => import('./HomePage'), 'HomePage'),
  }),
] as const;

export const tenantOverviewRoutes = [
  createRoute({
    getParentRoute: () => tenantRoute,
    path: '/',
    validateSearch: timeRangeSearch,
    staticData: { title: 'Overview' },
    component: lazyRouteComponent(() => import('./TenantPage'), 'TenantPage'),
  }),
] as const;

export const appOverviewRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: '/',
    validateSearch: timeRangeSearch,
    staticData: { title: 'Overview' },
    component: lazyRouteComponent(() => import('./AppPage'), 'AppPage'),
  }),
] as const;

import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { auditSearch } from '@/pages/audit/search';
import { signedInRoute, tenantRoute } from '@/app/parents';

export const tenantListRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/tenants',
    validateSearch: (search: Record<string, unknown>): { create?: boolean } => (search.create === true ? { create: true } : {}),
    staticData: { title: 'Tenants' },
    component: lazyRouteComponent(() => import('./TenantsPage'), 'TenantsPage'),
  }),
] as const;

export const tenantRoutes = [
  createRoute({
    getParentRoute: () => tenantRoute,
    path: 'apps',
    validateSearch: (search: Record<string, unknown>): { create?: boolean } => (search.create === true ? { create: true } : {}),
    staticData: { title: 'Apps' },
    component: lazyRouteComponent(() => import('./AppsPage'), 'AppsPage'),
  }),
  createRoute({
    getParentRoute: () => tenantRoute,
    path: 'members',
    staticData: { title: 'Members' },
    component: lazyRouteComponent(() => import('./MembersPage'), 'MembersPage'),
  }),
  createRoute({
    getParentRoute: () => tenantRoute,
    path: 'control-tokens',
    staticData: { title: 'Control tokens' },
    component: lazyRouteComponent(() => import('./ControlTokensPage'), 'ControlTokensPage'),
  }),
  createRoute({
    getParentRoute: () => tenantRoute,
    path: 'audit',
    validateSearch: auditSearch,
    staticData: { title: 'Audit log' },
    component: lazyRouteComponent(() => import('./AuditPage'), 'AuditPage'),
  }),
  createRoute({
    getParentRoute: () => tenantRoute,
    path: 'settings',
    staticData: { title: 'Tenant settings' },
    component: lazyRouteComponent(() => import('./TenantSettingsPage'), 'TenantSettingsPage'),
  }),
] as const;

import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '@/app/parents';
import { auditSearch } from '@/pages/audit/search';

export const installationRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/operators',
    staticData: { title: 'Operators' },
    component: lazyRouteComponent(() => import('./OperatorsPage'), 'OperatorsPage'),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/audit',
    validateSearch: auditSearch,
    staticData: { title: 'Audit log' },
    component: lazyRouteComponent(() => import('./InstallationAuditPage'), 'InstallationAuditPage'),
  }),
] as const;

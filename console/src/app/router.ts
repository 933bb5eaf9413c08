import { createRouter } from '@tanstack/react-router';
import { RouteError } from './RouteError';
import { NotFound } from '@/parts/NotFound';
import { PageSkeleton } from '@/parts/Skeletons';
import { accountRoutes, outsideRoutes } from '@/pages/account/routes';
import { appSettingsRoutes } from '@/pages/apps/routes';
import { channelRoutes } from '@/pages/channels/routes';
import { connectionRoutes } from '@/pages/connections/routes';
import { errorRoutes } from '@/pages/errors/routes';
import { explainRoutes } from '@/pages/explain/routes';
import { hookRoutes } from '@/pages/hooks/routes';
import { installationRoutes } from '@/pages/installation/routes';
import { keyRoutes } from '@/pages/keys/routes';
import { limitRoutes } from '@/pages/limits/routes';
import { liveRoutes } from '@/pages/live/routes';
import { namespaceRoutes } from '@/pages/namespaces/routes';
import { nodeRoutes } from '@/pages/nodes/routes';
import { appOverviewRoutes, homeRoutes, tenantOverviewRoutes } from '@/pages/overview/routes';
import { refusalRoutes } from '@/pages/refusals/routes';
import { tenantListRoutes, tenantRoutes } from '@/pages/tenants/routes';
import { tokenRoutes } from '@/pages/tokens/routes';
import { webhookRoutes } from '@/pages/webhooks/routes';
import { appRoute, rootRoute, signedInRoute, tenantRoute } from './parents';
import { queryClient } from './query-client';

const routeTree = rootRoute.addChildren([
  ...outsideRoutes,
  signedInRoute.addChildren([
    ...homeRoutes,
    ...accountRoutes,
    ...installationRoutes,
    ...nodeRoutes,
    ...errorRoutes,
    ...tenantListRoutes,
    tenantRoute.addChildren([...tenantOverviewRoutes, ...tenantRoutes, ...limitRoutes]),
    appRoute.addChildren([
      ...appOverviewRoutes,
      ...liveRoutes,
      ...channelRoutes,
      ...connectionRoutes,
      ...keyRoutes,
      ...tokenRoutes,
      ...explainRoutes,
      ...refusalRoutes,
      ...namespaceRoutes,
      ...webhookRoutes,
      ...hookRoutes,
      ...appSettingsRoutes,
    ]),
  ]),
]);

export const router = createRouter({
  routeTree,
  basepath: '/console',
  context: { queryClient },
  defaultPreload: 'intent',
  // The query client knows what is fresh.
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 150,
  defaultPendingMinMs: 200,
  defaultErrorComponent: RouteError,
  defaultNotFoundComponent: NotFound,
  defaultPendingComponent: PageSkeleton,
  notFoundMode: 'root',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

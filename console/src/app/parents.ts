import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { appQuery, tenantQuery } from '@/api/queries';
import { sessionQuery } from '@/api/session';
import { Root } from './Root';

/** The routes that pages hang under; pages read their parameters here: `appRoute.useParams()`. */
export const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({ component: Root });

/** Everything behind sign-in, within the shell. */
export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery);
    if (session === null) throw redirect({ to: '/sign-in', search: { next: location.href } });
  },
  component: lazyRouteComponent(() => import('./shell/Shell'), 'Shell'),
});

/** /tenants/$tenantId/… */
export const tenantRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/tenants/$tenantId',
  loader: ({ context, params }) => context.queryClient.ensureQueryData(tenantQuery(params.tenantId)),
});

/** /apps/$appId/… */
export const appRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/apps/$appId',
  loader: async ({ context, params }) => {
    const app = await context.queryClient.ensureQueryData(appQuery(params.appId));
    await context.queryClient.ensureQueryData(tenantQuery(app.tenantId));
  },
});

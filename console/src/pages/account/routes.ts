import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute, signedInRoute } from '@/app/parents';

/** Pages for those who are not signed in. */
export const outsideRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/sign-in',
    validateSearch: (search: Record<string, unknown>): { next?: string } => (typeof search.next === 'string' ? { next: search.next } : {}),
    staticData: { title: 'Sign in' },
    component: lazyRouteComponent(() => import('./SignInPage'), 'SignInPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/invitation',
    staticData: { title: 'Invitation' },
    component: lazyRouteComponent(() => import('./InvitationPage'), 'InvitationPage'),
  }),
] as const;

export const accountRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/account',
    staticData: { title: 'Your account' },
    component: lazyRouteComponent(() => import('./AccountPage'), 'AccountPage'),
  }),
] as const;

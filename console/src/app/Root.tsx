import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { appTokens } from '@/api/app-token';
import { onSignedOut } from '@/api/client';
import { sessionQuery } from '@/api/session';

/** Around every page. When a request says that the session is over, those behind sign-in ask for a new one and come back. */
export function Root() {
  const queryClient = useQueryClient();
  const router = useRouter();
  useEffect(
    () =>
      onSignedOut(() => {
        const { pathname, href } = router.state.location;
        if (pathname === '/sign-in' || pathname === '/invitation') return;
        // First away from the pages that show a session, then without one.
        void router.navigate({ to: '/sign-in', search: { next: href } }).then(() => {
          appTokens.forgetAll();
          queryClient.clear();
          queryClient.setQueryData(sessionQuery.queryKey, null);
        });
      }),
    [queryClient, router],
  );
  return <Outlet />;
}

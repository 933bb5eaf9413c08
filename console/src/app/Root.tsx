import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { onSignedOut } from '@/api/client';
import { sessionQuery } from '@/api/session';

/** Around every page. When a request says that the session is over, those behind sign-in ask for a new one and come back. */
export function Root() {
  const queryClient = useQueryClient();
  const router = useRouter();
  useEffect(
    () =>
      onSignedOut(() => {
        queryClient.setQueryData(sessionQuery.queryKey, null);
        void router.invalidate();
      }),
    [queryClient, router],
  );
  return <Outlet />;
}

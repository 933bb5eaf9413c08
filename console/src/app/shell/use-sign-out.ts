import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { appTokens } from '@/api/app-token';
import { api, done } from '@/api/client';
import { sessionQuery } from '@/api/session';

/** Ends the session, and forgets all that was read with it. */
export function useSignOut(): () => Promise<void> {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    await done(api.DELETE('/v1/session'));
    appTokens.forgetAll();
    await navigate({ to: '/sign-in' });
    queryClient.clear();
    queryClient.setQueryData(sessionQuery.queryKey, null);
  };
}

import { QueryClient } from '@tanstack/react-query';
import { RefusalError } from '@/api/refusal';

/** A refusal stays one, however often it is asked for; only what may pass by itself is tried again. */
function mayPass(error: Error): boolean {
  return !(error instanceof RefusalError) || error.status === 0 || error.status >= 500;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < 2 && mayPass(error),
      throwOnError: false,
    },
    mutations: { retry: false },
  },
});

import { useQueryClient } from '@tanstack/react-query';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { ErrorView } from '@/parts/ErrorView';

/** In the place of a page whose data or code could not be loaded: trying again asks for both anew. */
export function RouteError(props: ErrorComponentProps) {
  const router = useRouter();
  const queryClient = useQueryClient();
  return (
    <ErrorView
      error={props.error}
      reset={() => {
        void queryClient.resetQueries({ predicate: (query) => query.state.status === 'error' });
        void router.invalidate();
        props.reset();
      }}
    />
  );
}

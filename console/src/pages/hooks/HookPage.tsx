import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { ErrorView } from '@/parts/ErrorView';
import { PageSkeleton } from '@/parts/Skeletons';
import { HookCalls } from './HookCalls';
import { HookHeader } from './HookHeader';
import { hookQuery } from './hooks';

/** What came of asking a hook. */
export function HookPage() {
  const { appId, hookId } = useParams({ from: '/signed-in/apps/$appId/hooks/$hookId' });
  const { data: hook, error, refetch } = useQuery(hookQuery(appId, hookId));
  if (hook === undefined) return error ? <ErrorView error={error} reset={() => void refetch()} /> : <PageSkeleton />;
  return (
    <>
      <HookHeader hook={hook} />
      <HookCalls hook={hook} />
    </>
  );
}

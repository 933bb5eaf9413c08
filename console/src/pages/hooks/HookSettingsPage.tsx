import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { ErrorView } from '@/parts/ErrorView';
import { PageSkeleton } from '@/parts/Skeletons';
import { HookHeader } from './HookHeader';
import { hookQuery } from './hooks';
import { HookSettings } from './HookSettings';

export function HookSettingsPage() {
  const { appId, hookId } = useParams({ from: '/signed-in/apps/$appId/hooks/$hookId/settings' });
  const { data: hook, error, refetch } = useQuery(hookQuery(appId, hookId));
  if (hook === undefined) return error ? <ErrorView error={error} reset={() => void refetch()} /> : <PageSkeleton />;
  return (
    <>
      <HookHeader hook={hook} />
      <HookSettings key={hook.updatedAt} hook={hook} />
    </>
  );
}

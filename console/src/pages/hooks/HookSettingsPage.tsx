import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Loaded } from '@/parts/Loaded';
import { HookHeader } from './HookHeader';
import { hookQuery } from './hooks';
import { HookSettings } from './HookSettings';

export function HookSettingsPage() {
  const { appId, hookId } = useParams({ from: '/signed-in/apps/$appId/hooks/$hookId/settings' });
  return (
    <Loaded of={useQuery(hookQuery(appId, hookId))}>
      {(hook) => (
        <>
          <HookHeader hook={hook} />
          <HookSettings key={hook.id} hook={hook} />
        </>
      )}
    </Loaded>
  );
}

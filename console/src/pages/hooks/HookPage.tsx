import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Loaded } from '@/parts/Loaded';
import { HookCalls } from './HookCalls';
import { HookHeader } from './HookHeader';
import { hookQuery } from './hooks';

/** What came of asking a hook. */
export function HookPage() {
  const { appId, hookId } = useParams({ from: '/signed-in/apps/$appId/hooks/$hookId' });
  return (
    <Loaded of={useQuery(hookQuery(appId, hookId))}>
      {(hook) => (
        <>
          <HookHeader hook={hook} />
          <HookCalls hook={hook} />
        </>
      )}
    </Loaded>
  );
}

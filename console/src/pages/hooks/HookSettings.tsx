import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, done, take } from '@/api/client';
import { CalledSettings } from '@/called/CalledSettings';
import { changeOf, draftOf, faultsOf } from './draft';
import { HookForm } from './HookForm';
import { hookKey, hookQuery, hooksKey, type Hook } from './hooks';

export function HookSettings({ hook }: { hook: Hook }) {
  const { appId, id: hookId } = hook;
  const params = { path: { appId, hookId } };
  const queries = useQueryClient();
  const navigate = useNavigate();
  return (
    <CalledSettings
      what="hook"
      of={hook}
      read={draftOf(hook)}
      faultsOf={faultsOf}
      form={(draft, onChange) => <HookForm value={draft} onChange={onChange} shownFaults />}
      save={async (draft) => {
        const fresh = await take(api.PATCH('/v1/apps/{appId}/hooks/{hookId}', { params, body: changeOf(draft) }));
        queries.setQueryData(hookQuery(appId, hookId).queryKey, fresh);
      }}
      rotate={async (overlapSeconds) => (await take(api.POST('/v1/apps/{appId}/hooks/{hookId}/rotate-secret', { params, body: { overlapSeconds } }))).secret}
      remove={async () => {
        await done(api.DELETE('/v1/apps/{appId}/hooks/{hookId}', { params }));
        await navigate({ to: '/apps/$appId/hooks', params: { appId } });
        queries.removeQueries({ queryKey: hookKey(appId, hookId) });
      }}
      refresh={() => queries.invalidateQueries({ queryKey: hooksKey(appId) })}
      goes="What it would have refused passes from then on."
      warning="It is asked no more, within 10 s everywhere: what it would have refused passes."
    />
  );
}

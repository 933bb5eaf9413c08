import { Button, Group, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, done, take } from '@/api/client';
import { useApp } from '@/api/queries';
import { useRole } from '@/api/session';
import { RotateSecret } from '@/forms/RotateSecret';
import { useAct } from '@/forms/use-act';
import { ConfirmByName } from '@/parts/ConfirmByName';
import { Panel } from '@/parts/Panel';
import { RefusalAlert } from '@/parts/RefusalAlert';
import { said } from '@/parts/toast';
import { changeOf, draftOf, faultsOf } from './draft';
import { HookForm } from './HookForm';
import { hooksKey, type Hook } from './hooks';

export function HookSettings({ hook }: { hook: Hook }) {
  const { appId, id: hookId } = hook;
  const may = useRole(useApp(appId).tenantId)('admin');
  const queries = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(hook));
  const { busy, error, act } = useAct();
  const changed = (): Promise<void> => queries.invalidateQueries({ queryKey: hooksKey(appId) });
  const save = (): void => {
    if (Object.keys(faultsOf(draft)).length > 0) return;
    void act(async () => {
      await take(api.PATCH('/v1/apps/{appId}/hooks/{hookId}', { params: { path: { appId, hookId } }, body: changeOf(draft) }));
      said(`${draft.name} is saved. It holds within 10 s everywhere.`);
      await changed();
    });
  };
  const rotate = async (overlapSeconds: number): Promise<string> => {
    const path = { appId, hookId };
    return (await take(api.POST('/v1/apps/{appId}/hooks/{hookId}/rotate-secret', { params: { path }, body: { overlapSeconds } }))).secret;
  };
  return (
    <Stack gap="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Stack gap="lg">
          <fieldset disabled={!may} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
            <HookForm value={draft} onChange={setDraft} shownFaults fresh={false} />
          </fieldset>
          {error !== null && <RefusalAlert error={error} />}
          {may && (
            <Group>
              <Button type="submit" loading={busy}>
                Save
              </Button>
            </Group>
          )}
        </Stack>
      </form>
      {may && (
        <>
          <Panel title="Secret" description="What questions are signed with. It was shown when it was made.">
            <RotateSecret previousExpiresAt={hook.previousSecretExpiresAt} rotate={rotate} onDone={() => void changed()} />
          </Panel>
          <DeleteHook hook={hook} />
        </>
      )}
    </Stack>
  );
}

function DeleteHook({ hook }: { hook: Hook }) {
  const { appId, id: hookId } = hook;
  const [opened, setOpened] = useState(false);
  const navigate = useNavigate();
  const queries = useQueryClient();
  return (
    <Panel title="Delete" danger>
      <Button color="red" variant="light" onClick={() => setOpened(true)}>
        Delete this hook
      </Button>
      <ConfirmByName
        opened={opened}
        onClose={() => setOpened(false)}
        title="Delete this hook"
        name={hook.name}
        confirm="Delete the hook"
        onConfirm={async () => {
          await done(api.DELETE('/v1/apps/{appId}/hooks/{hookId}', { params: { path: { appId, hookId } } }));
          said(`${hook.name} is deleted.`);
          await navigate({ to: '/apps/$appId/hooks', params: { appId } });
          await queries.invalidateQueries({ queryKey: [...hooksKey(appId), 'pages'] });
        }}
      >
        It is asked no more, within 10 s everywhere: what it would have refused passes.
      </ConfirmByName>
    </Panel>
  );
}

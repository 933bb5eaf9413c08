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
import { bodyOf, draftOf, faultsOf } from './draft';
import { WebhookForm } from './WebhookForm';
import { webhooksKey, type Webhook } from './webhooks';

export function WebhookSettings({ webhook }: { webhook: Webhook }) {
  const { appId, id: webhookId } = webhook;
  const may = useRole(useApp(appId).tenantId)('admin');
  const queries = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(webhook));
  const { busy, error, act } = useAct();
  const changed = (): Promise<void> => queries.invalidateQueries({ queryKey: webhooksKey(appId) });
  const save = (): void => {
    if (Object.keys(faultsOf(draft)).length > 0) return;
    void act(async () => {
      await take(api.PATCH('/v1/apps/{appId}/webhooks/{webhookId}', { params: { path: { appId, webhookId } }, body: bodyOf(draft) }));
      said(`${draft.name} is saved. It holds within 10 s everywhere.`);
      await changed();
    });
  };
  const rotate = async (overlapSeconds: number): Promise<string> => {
    const path = { appId, webhookId };
    return (await take(api.POST('/v1/apps/{appId}/webhooks/{webhookId}/rotate-secret', { params: { path }, body: { overlapSeconds } }))).secret;
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
            <WebhookForm value={draft} onChange={setDraft} shownFaults />
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
          <Panel title="Secret" description="What calls are signed with. It was shown when it was made.">
            <RotateSecret previousExpiresAt={webhook.previousSecretExpiresAt} rotate={rotate} onDone={() => void changed()} />
          </Panel>
          <DeleteWebhook webhook={webhook} />
        </>
      )}
    </Stack>
  );
}

function DeleteWebhook({ webhook }: { webhook: Webhook }) {
  const { appId, id: webhookId } = webhook;
  const [opened, setOpened] = useState(false);
  const navigate = useNavigate();
  const queries = useQueryClient();
  return (
    <Panel title="Delete" danger>
      <Button color="red" variant="light" onClick={() => setOpened(true)}>
        Delete this webhook
      </Button>
      <ConfirmByName
        opened={opened}
        onClose={() => setOpened(false)}
        title="Delete this webhook"
        name={webhook.name}
        confirm="Delete the webhook"
        onConfirm={async () => {
          await done(api.DELETE('/v1/apps/{appId}/webhooks/{webhookId}', { params: { path: { appId, webhookId } } }));
          said(`${webhook.name} is deleted.`);
          await navigate({ to: '/apps/$appId/webhooks', params: { appId } });
          await queries.invalidateQueries({ queryKey: [...webhooksKey(appId), 'pages'] });
        }}
      >
        Nothing more is sent. What is queued for it, its dead letters and the record of its attempts are erased.
      </ConfirmByName>
    </Panel>
  );
}

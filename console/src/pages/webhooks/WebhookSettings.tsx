import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, done, take } from '@/api/client';
import { CalledSettings } from '@/called/CalledSettings';
import { bodyOf, draftOf, faultsOf } from './draft';
import { WebhookForm } from './WebhookForm';
import { webhookKey, webhookQuery, webhooksKey, type Webhook } from './webhooks';

export function WebhookSettings({ webhook }: { webhook: Webhook }) {
  const { appId, id: webhookId } = webhook;
  const params = { path: { appId, webhookId } };
  const queries = useQueryClient();
  const navigate = useNavigate();
  return (
    <CalledSettings
      what="webhook"
      of={webhook}
      read={draftOf(webhook)}
      faultsOf={faultsOf}
      form={(draft, onChange) => <WebhookForm value={draft} onChange={onChange} shownFaults />}
      save={async (draft) => {
        const fresh = await take(api.PATCH('/v1/apps/{appId}/webhooks/{webhookId}', { params, body: bodyOf(draft) }));
        queries.setQueryData(webhookQuery(appId, webhookId).queryKey, fresh);
      }}
      rotate={async (overlapSeconds) => (await take(api.POST('/v1/apps/{appId}/webhooks/{webhookId}/rotate-secret', { params, body: { overlapSeconds } }))).secret}
      remove={async () => {
        await done(api.DELETE('/v1/apps/{appId}/webhooks/{webhookId}', { params }));
        await navigate({ to: '/apps/$appId/webhooks', params: { appId } });
        queries.removeQueries({ queryKey: webhookKey(appId, webhookId) });
      }}
      refresh={() => queries.invalidateQueries({ queryKey: webhooksKey(appId) })}
      goes="With what is queued for it, its dead letters and the record of its attempts."
      warning="Nothing more is sent. What is queued for it, its dead letters and the record of its attempts are erased."
    />
  );
}

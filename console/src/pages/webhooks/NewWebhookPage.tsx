import { Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take, type Schema } from '@/api/client';
import { useApp } from '@/api/queries';
import { useRole } from '@/api/session';
import { appRoute } from '@/app/parents';
import { SecretShown } from '@/called/SecretShown';
import { ActForm } from '@/forms/ActForm';
import { NeedsRole } from '@/forms/NeedsRole';
import { useMaking } from '@/forms/use-making';
import { AnchorLink, ButtonLink } from '@/parts/links';
import { PageHeader } from '@/parts/PageHeader';
import { Panel } from '@/parts/Panel';
import { bodyOf, faultsOf, NEW_WEBHOOK } from './draft';
import { WebhookForm } from './WebhookForm';
import { webhooksKey } from './webhooks';

export function NewWebhookPage() {
  const { appId } = appRoute.useParams();
  const may = useRole(useApp(appId).tenantId);
  const queries = useQueryClient();
  const [draft, setDraft] = useState(NEW_WEBHOOK);
  const making = useMaking<Schema<'WebhookWithSecret'>>();
  const create = (): void =>
    making.make(faultsOf(draft), async () => {
      const webhook = await take(api.POST('/v1/apps/{appId}/webhooks', { params: { path: { appId } }, body: bodyOf(draft) }));
      void queries.invalidateQueries({ queryKey: webhooksKey(appId) });
      return webhook;
    });
  const above = (
    <AnchorLink to="/apps/$appId/webhooks" params={{ appId }} size="sm">
      ← Webhooks
    </AnchorLink>
  );
  if (making.made !== null) {
    return (
      <>
        <PageHeader title={making.made.name} above={above} description="It is told of what happens from now on; it takes up to 5 s until all nodes know of it." />
        <SecretShown
          secret={making.made.secret}
          leave={
            <ButtonLink to="/apps/$appId/webhooks/$webhookId" params={{ appId, webhookId: making.made.id }} variant="default">
              I have copied it
            </ButtonLink>
          }
        >
          <Panel title="Taking an event">
            <Text size="sm">
              Answer 2xx once you have it. Events come at least once: keep the <code>id</code> of each, and leave out what has come before.
            </Text>
          </Panel>
        </SecretShown>
      </>
    );
  }
  return (
    <>
      <PageHeader title="New webhook" above={above} />
      {may('admin') ? (
        <ActForm
          of={making}
          submit="Make the webhook"
          onSubmit={create}
          beside={
            <ButtonLink to="/apps/$appId/webhooks" params={{ appId }} variant="default">
              Cancel
            </ButtonLink>
          }
        >
          <WebhookForm value={draft} onChange={setDraft} shownFaults={making.tried} />
        </ActForm>
      ) : (
        <Panel>
          <NeedsRole role="admin" what="New webhooks" />
        </Panel>
      )}
    </>
  );
}

import { Button, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take, type Schema } from '@/api/client';
import { appRoute } from '@/app/parents';
import { useAct } from '@/forms/use-act';
import { AnchorLink, ButtonLink } from '@/parts/links';
import { PageHeader } from '@/parts/PageHeader';
import { Panel } from '@/parts/Panel';
import { RefusalAlert } from '@/parts/RefusalAlert';
import { SecretOnce } from '@/parts/SecretOnce';
import { bodyOf, faultsOf, NEW_WEBHOOK } from './draft';
import { WebhookForm } from './WebhookForm';
import { webhooksKey } from './webhooks';

export function NewWebhookPage() {
  const { appId } = appRoute.useParams();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(NEW_WEBHOOK);
  const [tried, setTried] = useState(false);
  const [created, setCreated] = useState<Schema<'WebhookWithSecret'> | null>(null);
  const { busy, error, act } = useAct();
  const above = (
    <AnchorLink to="/apps/$appId/webhooks" params={{ appId }} size="sm">
      ← Webhooks
    </AnchorLink>
  );
  if (created !== null) {
    return (
      <>
        <PageHeader title={created.name} above={above} description="It is told of what happens from now on; it takes up to 5 s until all nodes know of it." />
        <Stack gap="lg">
          <Panel>
            <SecretOnce value={created.secret} what="secret" note="Your receiver checks with it that a call is the gateway’s. It is shown this once; it can be replaced later, with an overlap." />
          </Panel>
          <Panel title="Checking a call">
            <Text size="sm">
              The header <code>Tidegate-Signature: t=…,v1=…</code> has the HMAC-SHA256, in hex, of <code>t</code>, a dot and the raw body, keyed with
              the whole secret. Refuse what is more than 5 minutes old, compare in constant time, and keep the event’s <code>id</code>: events come at
              least once.
            </Text>
          </Panel>
          <Group>
            <ButtonLink to="/apps/$appId/webhooks/$webhookId" params={{ appId, webhookId: created.id }} variant="default">
              I have copied it
            </ButtonLink>
          </Group>
        </Stack>
      </>
    );
  }
  const create = (): void => {
    setTried(true);
    if (Object.keys(faultsOf(draft)).length > 0) return;
    void act(async () => {
      setCreated(await take(api.POST('/v1/apps/{appId}/webhooks', { params: { path: { appId } }, body: bodyOf(draft) })));
      await queries.invalidateQueries({ queryKey: webhooksKey(appId) });
    });
  };
  return (
    <>
      <PageHeader title="New webhook" above={above} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create();
        }}
      >
        <Stack gap="lg">
          <WebhookForm value={draft} onChange={setDraft} shownFaults={tried} />
          {error !== null && <RefusalAlert error={error} />}
          <Group gap="xs">
            <Button type="submit" loading={busy}>
              Make the webhook
            </Button>
            <ButtonLink to="/apps/$appId/webhooks" params={{ appId }} variant="default">
              Cancel
            </ButtonLink>
          </Group>
        </Stack>
      </form>
    </>
  );
}

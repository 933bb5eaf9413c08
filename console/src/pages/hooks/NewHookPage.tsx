import { Button, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take, type Schema } from '@/api/client';
import { appRoute } from '@/app/parents';
import { useAct } from '@/forms/use-act';
import { CodeBlock } from '@/parts/CodeBlock';
import { AnchorLink, ButtonLink } from '@/parts/links';
import { PageHeader } from '@/parts/PageHeader';
import { Panel } from '@/parts/Panel';
import { RefusalAlert } from '@/parts/RefusalAlert';
import { SecretOnce } from '@/parts/SecretOnce';
import { bodyOf, faultsOf, NEW_HOOK } from './draft';
import { HookForm } from './HookForm';
import { hooksKey } from './hooks';

export function NewHookPage() {
  const { appId } = appRoute.useParams();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(NEW_HOOK);
  const [tried, setTried] = useState(false);
  const [created, setCreated] = useState<Schema<'HookWithSecret'> | null>(null);
  const { busy, error, act } = useAct();
  const above = (
    <AnchorLink to="/apps/$appId/hooks" params={{ appId }} size="sm">
      ← Hooks
    </AnchorLink>
  );
  if (created !== null) {
    return (
      <>
        <PageHeader title={created.name} above={above} description="It is asked from now on, within 10 s everywhere." />
        <Stack gap="lg">
          <Panel>
            <SecretOnce value={created.secret} what="secret" note="Your receiver checks with it that a question is the gateway’s. It is shown this once; it can be replaced later, with an overlap." />
          </Panel>
          <Panel title="What it answers" description="200 with one JSON object, in time. Anything else is a failure.">
            <Stack gap="sm">
              <CodeBlock title="It goes on as it is" code='{"decision":"allow"}' />
              <CodeBlock title="It is refused, with a reason that the client sees" code='{"decision":"refuse","reason":"no links here"}' />
              <Text size="sm" c="dimmed">
                A change has the messages whole, or, of a connect hook, a clientId, capabilities or an earlier end.
              </Text>
            </Stack>
          </Panel>
          <Group>
            <ButtonLink to="/apps/$appId/hooks/$hookId" params={{ appId, hookId: created.id }} variant="default">
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
      setCreated(await take(api.POST('/v1/apps/{appId}/hooks', { params: { path: { appId } }, body: bodyOf(draft) })));
      await queries.invalidateQueries({ queryKey: hooksKey(appId) });
    });
  };
  return (
    <>
      <PageHeader title="New hook" above={above} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create();
        }}
      >
        <Stack gap="lg">
          <HookForm value={draft} onChange={setDraft} shownFaults={tried} fresh />
          {error !== null && <RefusalAlert error={error} />}
          <Group gap="xs">
            <Button type="submit" loading={busy}>
              Make the hook
            </Button>
            <ButtonLink to="/apps/$appId/hooks" params={{ appId }} variant="default">
              Cancel
            </ButtonLink>
          </Group>
        </Stack>
      </form>
    </>
  );
}

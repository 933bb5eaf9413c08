import { Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api, take, type Schema } from '@/api/client';
import { useApp } from '@/api/queries';
import { useRole } from '@/api/session';
import { appRoute } from '@/app/parents';
import { SecretShown } from '@/called/SecretShown';
import { ActForm } from '@/forms/ActForm';
import { NeedsRole } from '@/forms/NeedsRole';
import { useMaking } from '@/forms/use-making';
import { CodeBlock } from '@/parts/CodeBlock';
import { AnchorLink, ButtonLink } from '@/parts/links';
import { PageHeader } from '@/parts/PageHeader';
import { Panel } from '@/parts/Panel';
import { bodyOf, faultsOf, NEW_HOOK } from './draft';
import { HookForm, HookKind } from './HookForm';
import { hooksKey } from './hooks';

export function NewHookPage() {
  const { appId } = appRoute.useParams();
  const may = useRole(useApp(appId).tenantId);
  const queries = useQueryClient();
  const [draft, setDraft] = useState(NEW_HOOK);
  const making = useMaking<Schema<'HookWithSecret'>>();
  const create = (): void =>
    making.make(faultsOf(draft), async () => {
      const hook = await take(api.POST('/v1/apps/{appId}/hooks', { params: { path: { appId } }, body: bodyOf(draft) }));
      void queries.invalidateQueries({ queryKey: hooksKey(appId) });
      return hook;
    });
  const above = (
    <AnchorLink to="/apps/$appId/hooks" params={{ appId }} size="sm">
      ← Hooks
    </AnchorLink>
  );
  if (making.made !== null) return <MadeHook hook={making.made} above={above} />;
  return (
    <>
      <PageHeader title="New hook" above={above} />
      {may('admin') ? (
        <ActForm
          of={making}
          submit="Make the hook"
          onSubmit={create}
          beside={
            <ButtonLink to="/apps/$appId/hooks" params={{ appId }} variant="default">
              Cancel
            </ButtonLink>
          }
        >
          <HookKind value={draft} onChange={setDraft} />
          <HookForm value={draft} onChange={setDraft} shownFaults={making.tried} />
        </ActForm>
      ) : (
        <Panel>
          <NeedsRole role="admin" what="New hooks" />
        </Panel>
      )}
    </>
  );
}

function MadeHook({ hook, above }: { hook: Schema<'HookWithSecret'>; above: ReactNode }) {
  return (
    <>
      <PageHeader title={hook.name} above={above} description="It is asked from now on, within 10 s everywhere." />
      <SecretShown
        secret={hook.secret}
        leave={
          <ButtonLink to="/apps/$appId/hooks/$hookId" params={{ appId: hook.appId, hookId: hook.id }} variant="default">
            I have copied it
          </ButtonLink>
        }
      >
        <Panel title="What it answers" description="200 with one JSON object, in time. Anything else is a failure.">
          <Stack gap="sm">
            <CodeBlock title="It goes on as it is" code='{"decision":"allow"}' />
            <CodeBlock title="It is refused, with a reason that the client sees" code='{"decision":"refuse","reason":"no links here"}' />
            <Text size="sm" c="dimmed">
              A change has the messages whole, or, of a connect hook, a clientId, capabilities or an earlier end.
            </Text>
          </Stack>
        </Panel>
      </SecretShown>
    </>
  );
}

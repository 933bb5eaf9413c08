import { Grid, Stack, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, take } from '@/api/client';
import { useApp } from '@/api/queries';
import { useRole } from '@/api/session';
import { appRoute } from '@/app/parents';
import { NeedsRole } from '@/forms/NeedsRole';
import { useAct } from '@/forms/use-act';
import { AnchorLink } from '@/parts/links';
import { PageHeader } from '@/parts/PageHeader';
import { Panel } from '@/parts/Panel';
import { said } from '@/parts/toast';
import { patternFault } from '@/rules/channel-pattern';
import { DEFAULT_RULES, namespaceNameFault, type NamespaceRules } from '@/rules/namespace';
import { ApplyingTester } from './ApplyingTester';
import { namespacesKey, namespacesQuery } from './namespaces';
import { Review } from './Review';
import { RulesForm } from './RulesForm';

export function NewNamespacePage() {
  const { appId } = appRoute.useParams();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const may = useRole(useApp(appId).tenantId);
  const existing = useQuery(namespacesQuery(appId)).data;
  const [name, setName] = useState('');
  const [rules, setRules] = useState<NamespaceRules>({ ...DEFAULT_RULES, pattern: '' });
  const [tried, setTried] = useState(false);
  const { busy, error, act } = useAct();
  const taken = existing?.some((one) => one.name === name) === true;
  const nameFault = taken ? 'There is one of this name already.' : namespaceNameFault(name);
  const others = (existing ?? []).filter((one) => one.name !== name);
  const shown = patternFault(rules.pattern) === null ? [...others, { name: name || 'this one', pattern: rules.pattern }] : others;

  const save = (): void => {
    setTried(true);
    if (nameFault !== null || patternFault(rules.pattern) !== null) return;
    void act(async () => {
      // Somebody else may have made one since the list was read: theirs is not replaced.
      const params = { path: { appId, name }, header: { 'If-None-Match': '*' as const } };
      await take(api.PUT('/v1/apps/{appId}/namespaces/{name}', { params, body: rules }));
      await queries.invalidateQueries({ queryKey: namespacesKey(appId) });
      said(`Namespace ${name} is made.`);
      void navigate({ to: '/apps/$appId/namespaces', params: { appId } });
    });
  };
  const header = (
    <PageHeader
      title="New namespace"
      above={
        <AnchorLink to="/apps/$appId/namespaces" params={{ appId }} size="sm">
          ← Namespaces
        </AnchorLink>
      }
    />
  );
  if (!may('admin')) {
    return (
      <>
        {header}
        <Panel>
          <NeedsRole role="admin" what="New namespaces" />
        </Panel>
      </>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {header}
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="lg">
            <Panel title="Name">
              <TextInput
                aria-label="Name"
                description="Letters, digits, “_” and “-”. It stays: rules are told by it."
                placeholder="chat"
                maw={320}
                spellCheck={false}
                value={name}
                error={tried || taken ? nameFault : undefined}
                onChange={(event) => setName(event.currentTarget.value)}
              />
            </Panel>
            <RulesForm value={rules} onChange={setRules} shownFaults={tried} />
            <ApplyingTester namespaces={shown} mine={name || 'this one'} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Review
            before={{ ...DEFAULT_RULES, pattern: rules.pattern }}
            after={rules}
            fresh
            busy={busy}
            error={error}
            onCancel={() => void navigate({ to: '/apps/$appId/namespaces', params: { appId } })}
          />
        </Grid.Col>
      </Grid>
    </form>
  );
}

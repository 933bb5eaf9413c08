import { Alert, Grid, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '@/api/client';
import { useApp } from '@/api/queries';
import { useRole } from '@/api/session';
import { ReadOnly } from '@/forms/ReadOnly';
import { useAct } from '@/forms/use-act';
import { AnchorLink } from '@/parts/links';
import { Loaded } from '@/parts/Loaded';
import { PageHeader } from '@/parts/PageHeader';
import { RelativeTime } from '@/parts/RelativeTime';
import { said } from '@/parts/toast';
import { patternFault } from '@/rules/channel-pattern';
import { rulesOf, type NamespaceRules } from '@/rules/namespace';
import { ApplyingTester } from './ApplyingTester';
import { DeleteNamespace } from './DeleteNamespace';
import { namespaceQuery, namespacesKey, namespacesQuery, type Versioned } from './namespaces';
import { Review } from './Review';
import { RulesForm } from './RulesForm';

export function NamespacePage() {
  const { appId, name } = useParams({ from: '/signed-in/apps/$appId/namespaces/$name' });
  // Edits are of the version that was loaded: a newer one begins the form anew only when it is asked for.
  return <Loaded of={useQuery(namespaceQuery(appId, name))}>{(loaded) => <OneNamespace key={loaded.namespace.name} loaded={loaded} appId={appId} />}</Loaded>;
}

function OneNamespace({ loaded, appId }: { loaded: Versioned; appId: string }) {
  const app = useApp(appId);
  const may = useRole(app.tenantId);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const existing = useQuery(namespacesQuery(appId)).data ?? [];
  const [{ namespace, etag }, setBase] = useState(loaded);
  const [rules, setRules] = useState<NamespaceRules>(() => rulesOf(loaded.namespace));
  const { busy, error, act } = useAct();
  const { name } = namespace;
  const before = rulesOf(namespace);

  const save = (): void => {
    if (patternFault(rules.pattern) !== null) return;
    void act(async () => {
      const params = { path: { appId, name }, header: { 'If-Match': etag } };
      const { data, response } = await api.PUT('/v1/apps/{appId}/namespaces/{name}', { params, body: rules });
      if (data) setBase({ namespace: data, etag: response.headers.get('etag') ?? '' });
      await queries.invalidateQueries({ queryKey: namespacesKey(appId) });
      said(`Namespace ${name} is saved.`);
    });
  };
  const reload = (): void => {
    void act(async () => {
      const fresh = await queries.fetchQuery({ ...namespaceQuery(appId, name), staleTime: 0 });
      setBase(fresh);
      setRules(rulesOf(fresh.namespace));
    });
  };
  const tested = [...existing.filter((one) => one.name !== name), ...(patternFault(rules.pattern) === null ? [{ name, pattern: rules.pattern }] : [])];
  const form = <RulesForm value={rules} onChange={setRules} shownFaults />;
  const back = (
    <AnchorLink to="/apps/$appId/namespaces" params={{ appId }} size="sm">
      ← Namespaces
    </AnchorLink>
  );
  return (
    <>
      <PageHeader
        title={name}
        above={back}
        description={
          <>
            Made <RelativeTime at={namespace.createdAt} />, changed <RelativeTime at={namespace.updatedAt} />.
          </>
        }
        actions={may('admin') ? <DeleteNamespace appId={appId} namespace={namespace} /> : undefined}
      />
      {namespace.effectiveAt !== null && (
        <Alert color="yellow" variant="light" mb="lg">
          Its change of durability takes effect for live channels <RelativeTime at={namespace.effectiveAt} />, as a new epoch.
        </Alert>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Grid gap="lg">
          <Grid.Col span={{ base: 12, md: may('admin') ? 8 : 12 }}>
            <Stack gap="lg">
              {may('admin') ? form : <ReadOnly>{form}</ReadOnly>}
              <ApplyingTester namespaces={tested} mine={name} />
            </Stack>
          </Grid.Col>
          {may('admin') && (
            <Grid.Col span={{ base: 12, md: 4 }}>
              <Review
                before={before}
                after={rules}
                fresh={false}
                busy={busy}
                error={error}
                onReload={reload}
                onCancel={() => void navigate({ to: '/apps/$appId/namespaces', params: { appId } })}
              />
            </Grid.Col>
          )}
        </Grid>
      </form>
    </>
  );
}

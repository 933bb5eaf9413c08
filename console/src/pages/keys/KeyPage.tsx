import { Alert, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { Schema } from '@/api/client';
import { useApp } from '@/api/queries';
import { useRole } from '@/api/session';
import { CapabilityList } from '@/capability/CapabilityList';
import { AnchorLink, ButtonLink } from '@/parts/links';
import { Loaded } from '@/parts/Loaded';
import { PageHeader } from '@/parts/PageHeader';
import { Panel } from '@/parts/Panel';
import { grantsOf } from '@/rules/capabilities';
import { FirstSteps } from '@/snippets/FirstSteps';
import { KeyBadge } from './KeyBadge';
import { KeyFacts } from './KeyFacts';
import { keyQuery, keysKey, type Key } from './keys';
import { RevokeKey } from './RevokeKey';
import { RotateKey } from './RotateKey';
import { ShownOnce } from './ShownOnce';
import { isGood } from './state';

export function KeyPage() {
  const { appId, keyId } = useParams({ from: '/signed-in/apps/$appId/keys/$keyId' });
  return <Loaded of={useQuery(keyQuery(appId, keyId))}>{(key) => <OneKey key={key.id} shown={key} appId={appId} />}</Loaded>;
}

function OneKey({ shown: key, appId }: { shown: Key; appId: string }) {
  const app = useApp(appId);
  const may = useRole(app.tenantId);
  const queries = useQueryClient();
  const [successor, setSuccessor] = useState<Schema<'KeyCreated'> | null>(null);
  const changed = (): Promise<void> => queries.invalidateQueries({ queryKey: keysKey(appId) });
  const good = isGood(key, Date.now());
  const above = (
    <AnchorLink to="/apps/$appId/keys" params={{ appId }} size="sm">
      ← Keys
    </AnchorLink>
  );
  if (successor !== null) {
    return (
      <>
        <PageHeader title={`${successor.name}, anew`} above={above} description={`${successor.keyName} may what ${key.keyName} may.`} />
        <ShownOnce created={successor}>
          <Alert color="yellow" variant="light">
            Give it to everything that uses {key.keyName}; that key is still good, and shows as last used until nothing uses it.
          </Alert>
        </ShownOnce>
      </>
    );
  }
  const actions =
    good && may('admin') ? (
      <>
        <ButtonLink to="/apps/$appId/keys/$keyId/edit" params={{ appId, keyId: key.id }} variant="default">
          Edit
        </ButtonLink>
        <RotateKey shown={key} onRotated={setSuccessor} onChanged={changed} />
        <RevokeKey shown={key} onRevoked={changed} />
      </>
    ) : undefined;
  return (
    <>
      <PageHeader title={key.name} badges={<KeyBadge of={key} />} above={above} actions={actions} />
      <Stack gap="lg">
        <KeyFacts shown={key} />
        <Panel title="Capabilities" description="What it may do, and the most that tokens signed with it may.">
          <CapabilityList capabilities={key.capabilities} />
        </Panel>
        {good && (
          <Panel title="A first message" description="With this key’s secret, which your backend has.">
            <FirstSteps keyName={key.keyName} grants={grantsOf(key.capabilities)} secret={null} />
          </Panel>
        )}
      </Stack>
    </>
  );
}

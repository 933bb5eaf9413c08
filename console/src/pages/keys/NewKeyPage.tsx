import { Button, Group, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take, type Schema } from '@/api/client';
import { useApp } from '@/api/queries';
import { useRole } from '@/api/session';
import { appRoute } from '@/app/parents';
import { useAct } from '@/forms/use-act';
import { AnchorLink, ButtonLink } from '@/parts/links';
import { PageHeader } from '@/parts/PageHeader';
import { RefusalAlert } from '@/parts/RefusalAlert';
import { fieldsOf, NEW_KEY } from './draft';
import { KeyForm } from './KeyForm';
import { keysKey } from './keys';
import { ShownOnce } from './ShownOnce';

export function NewKeyPage() {
  const { appId } = appRoute.useParams();
  const app = useApp(appId);
  const may = useRole(app.tenantId);
  const queries = useQueryClient();
  const [draft, setDraft] = useState(NEW_KEY);
  const [tried, setTried] = useState(false);
  const [created, setCreated] = useState<Schema<'KeyCreated'> | null>(null);
  const { busy, error, act } = useAct();
  const { fields, expiryFault } = fieldsOf(draft, Date.now());

  const create = (): void => {
    setTried(true);
    if (fields === null) return;
    void act(async () => {
      setCreated(await take(api.POST('/v1/apps/{appId}/keys', { params: { path: { appId } }, body: fields })));
      await queries.invalidateQueries({ queryKey: keysKey(appId) });
    });
  };

  const above = (
    <AnchorLink to="/apps/$appId/keys" params={{ appId }} size="sm">
      ← Keys
    </AnchorLink>
  );
  if (created !== null) {
    return (
      <>
        <PageHeader title={created.name} above={above} description="The key is good now, everywhere." />
        <ShownOnce created={created} />
      </>
    );
  }
  return (
    <>
      <PageHeader title="New key" above={above} description="It is shown once, when it has been made." />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create();
        }}
      >
        <Stack gap="lg">
          <KeyForm value={draft} onChange={setDraft} shownFaults={tried} expiryFault={expiryFault} />
          {error !== null && <RefusalAlert error={error} />}
          <Group gap="xs">
            <Button type="submit" loading={busy} disabled={!may('admin')}>
              Make the key
            </Button>
            <ButtonLink to="/apps/$appId/keys" params={{ appId }} variant="default">
              Cancel
            </ButtonLink>
          </Group>
        </Stack>
      </form>
    </>
  );
}

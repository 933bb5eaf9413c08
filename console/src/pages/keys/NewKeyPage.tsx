import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take, type Schema } from '@/api/client';
import { useApp } from '@/api/queries';
import { useRole } from '@/api/session';
import { appRoute } from '@/app/parents';
import { ActForm } from '@/forms/ActForm';
import { NeedsRole } from '@/forms/NeedsRole';
import { useMaking } from '@/forms/use-making';
import { AnchorLink, ButtonLink } from '@/parts/links';
import { PageHeader } from '@/parts/PageHeader';
import { Panel } from '@/parts/Panel';
import { bodyOf, faultsOf, NEW_KEY } from './draft';
import { KeyForm } from './KeyForm';
import { keysKey } from './keys';
import { ShownOnce } from './ShownOnce';

export function NewKeyPage() {
  const { appId } = appRoute.useParams();
  const may = useRole(useApp(appId).tenantId);
  const queries = useQueryClient();
  const [draft, setDraft] = useState(NEW_KEY);
  const making = useMaking<Schema<'KeyCreated'>>();
  const create = (): void =>
    making.make(faultsOf(draft, Date.now()), async () => {
      const key = await take(api.POST('/v1/apps/{appId}/keys', { params: { path: { appId } }, body: bodyOf(draft, Date.now()) }));
      void queries.invalidateQueries({ queryKey: keysKey(appId) });
      return key;
    });
  const above = (
    <AnchorLink to="/apps/$appId/keys" params={{ appId }} size="sm">
      ← Keys
    </AnchorLink>
  );
  if (making.made !== null) {
    return (
      <>
        <PageHeader title={making.made.name} above={above} description="The key is good now, everywhere." />
        <ShownOnce created={making.made} />
      </>
    );
  }
  return (
    <>
      <PageHeader title="New key" above={above} description="It is shown once, when it has been made." />
      {may('admin') ? (
        <ActForm
          of={making}
          submit="Make the key"
          onSubmit={create}
          beside={
            <ButtonLink to="/apps/$appId/keys" params={{ appId }} variant="default">
              Cancel
            </ButtonLink>
          }
        >
          <KeyForm value={draft} onChange={setDraft} shownFaults={making.tried} />
        </ActForm>
      ) : (
        <Panel>
          <NeedsRole role="admin" what="New keys" />
        </Panel>
      )}
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { AnchorLink } from '@/parts/links';
import { Loaded } from '@/parts/Loaded';
import { PageHeader } from '@/parts/PageHeader';
import { EditKey } from './EditKey';
import { keyQuery } from './keys';

export function EditKeyPage() {
  const { appId, keyId } = useParams({ from: '/signed-in/apps/$appId/keys/$keyId/edit' });
  const navigate = useNavigate();
  return (
    <Loaded of={useQuery(keyQuery(appId, keyId))}>
      {(key) => (
        <>
          <PageHeader
            title={`Edit ${key.name}`}
            above={
              <AnchorLink to="/apps/$appId/keys/$keyId" params={{ appId, keyId }} size="sm">
                ← {key.name}
              </AnchorLink>
            }
          />
          <EditKey key={key.id} shown={key} onClose={() => void navigate({ to: '/apps/$appId/keys/$keyId', params: { appId, keyId } })} />
        </>
      )}
    </Loaded>
  );
}

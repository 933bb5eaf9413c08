import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { ErrorView } from '@/parts/ErrorView';
import { AnchorLink } from '@/parts/links';
import { PageHeader } from '@/parts/PageHeader';
import { PageSkeleton } from '@/parts/Skeletons';
import { EditKey } from './EditKey';
import { keyQuery } from './keys';

export function EditKeyPage() {
  const { appId, keyId } = useParams({ from: '/signed-in/apps/$appId/keys/$keyId/edit' });
  const navigate = useNavigate();
  const { data: key, error, refetch } = useQuery(keyQuery(appId, keyId));
  if (key === undefined) return error ? <ErrorView error={error} reset={() => void refetch()} /> : <PageSkeleton />;
  return (
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
  );
}

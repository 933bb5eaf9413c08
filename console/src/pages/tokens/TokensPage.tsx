import { Alert } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useApp } from '@/api/queries';
import { useRole } from '@/api/session';
import { appRoute } from '@/app/parents';
import { MintToken } from './MintToken';
import { TokensHeader } from './TokensHeader';

export function TokensPage() {
  const { appId } = appRoute.useParams();
  const { keyId } = useSearch({ from: '/signed-in/apps/$appId/tokens' });
  const may = useRole(useApp(appId).tenantId);
  return (
    <>
      <TokensHeader appId={appId} />
      {may('admin') ? (
        <MintToken appId={appId} keyId={keyId} />
      ) : (
        <Alert variant="light" color="gray">
          Tokens are made by owners and admins of the tenant. What one says of itself you can read without them.
        </Alert>
      )}
    </>
  );
}

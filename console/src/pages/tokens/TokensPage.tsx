import { Alert, Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useApp } from '@/api/queries';
import { useRole } from '@/api/session';
import { appRoute } from '@/app/parents';
import { PageHeader } from '@/parts/PageHeader';
import { MintToken } from './MintToken';
import { ReadToken } from './ReadToken';

export function TokensPage() {
  const { appId } = appRoute.useParams();
  const { tab, keyId } = useSearch({ from: '/signed-in/apps/$appId/tokens' });
  const may = useRole(useApp(appId).tenantId);
  const navigate = useNavigate({ from: '/apps/$appId/tokens' });
  return (
    <>
      <PageHeader
        title="Token tool"
        description="Tokens are what browsers and apps come with: short-lived, signed with a key, never more than the key may. Your backend makes them; here you make one to try, or read one you have."
      />
      <Tabs value={tab ?? 'mint'} onChange={(value) => void navigate({ search: value === 'read' ? { tab: 'read' } : {}, replace: true })}>
        <Tabs.List mb="lg">
          <Tabs.Tab value="mint">Make one</Tabs.Tab>
          <Tabs.Tab value="read">Read one</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="mint">
          {may('admin') ? (
            <MintToken appId={appId} keyId={keyId} />
          ) : (
            <Alert variant="light" color="gray">
              Tokens are made by owners and admins of the tenant. What one says of itself you can read without them.
            </Alert>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="read">
          <ReadToken appId={appId} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

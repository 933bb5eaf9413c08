import { Stack } from '@mantine/core';
import { useApp } from '@/api/queries';
import { useRole } from '@/api/session';
import { appRoute } from '@/app/parents';
import { CopyId } from '@/parts/CopyId';
import { Facts } from '@/parts/Facts';
import { PageHeader } from '@/parts/PageHeader';
import { Panel } from '@/parts/Panel';
import { RelativeTime } from '@/parts/RelativeTime';
import { AppForm } from './AppForm';
import { DeleteApp } from './DeleteApp';

export function AppSettingsPage() {
  const { appId } = appRoute.useParams();
  const app = useApp(appId);
  const may = useRole(app.tenantId);
  return (
    <>
      <PageHeader title="App settings" />
      <Stack gap="lg" maw={760}>
        <Panel>
          <Facts
            facts={[
              ['App id', <CopyId key="id" value={app.id} what="app id" />],
              ['Created', <RelativeTime key="created" at={app.createdAt} />],
              ['Changed', <RelativeTime key="changed" at={app.updatedAt} />],
            ]}
          />
        </Panel>
        <AppForm key={app.id} app={app} may={may('admin')} />
        {may('admin') && <DeleteApp app={app} />}
      </Stack>
    </>
  );
}

import { Button, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Boxes, Plus } from 'lucide-react';
import { api, take } from '@/api/client';
import { useTenant } from '@/api/queries';
import { useRole } from '@/api/session';
import { tenantRoute } from '@/app/parents';
import { useCreateFlag } from '@/app/use-create-flag';
import { CopyId } from '@/parts/CopyId';
import { DataTable } from '@/parts/DataTable';
import { EmptyState } from '@/parts/EmptyState';
import { AnchorLink } from '@/parts/links';
import { NameDialog } from '@/parts/NameDialog';
import { PageHeader } from '@/parts/PageHeader';
import { Panel } from '@/parts/Panel';
import { RelativeTime } from '@/parts/RelativeTime';
import { usePages } from '@/parts/use-pages';

export function AppsPage() {
  const { tenantId } = tenantRoute.useParams();
  const tenant = useTenant(tenantId);
  const may = useRole(tenantId);
  const navigate = useNavigate();
  const [creating, setCreating] = useCreateFlag();
  const list = usePages(['tenants', tenantId, 'apps', 'list'], (cursor) =>
    take(api.GET('/v1/tenants/{tenantId}/apps', { params: { path: { tenantId }, query: { limit: 100, ...(cursor && { cursor }) } } })),
  );
  const create = may('admin') && (
    <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setCreating(true)}>
      Create an app
    </Button>
  );
  return (
    <>
      <PageHeader title="Apps" description={`Worlds of channels of ${tenant.name}, kept apart from each other: production and staging, say.`} actions={create} />
      <Panel flush>
        <DataTable
          {...list}
          label={`Apps of ${tenant.name}`}
          rowKey={(app) => app.id}
          onOpen={(app) => void navigate({ to: '/apps/$appId', params: { appId: app.id } })}
          columns={[
            {
              key: 'Name',
              render: (app) => (
                <AnchorLink to="/apps/$appId" params={{ appId: app.id }} fw={550} c="inherit" fz="sm">
                  {app.name}
                </AnchorLink>
              ),
            },
            { key: 'Id', render: (app) => <CopyId value={app.id} what="app id" /> },
            {
              key: 'Browsers from',
              render: (app) => (
                <Text size="sm" truncate maw={320} c={app.settings.allowedOrigins.length === 0 ? 'dimmed' : undefined}>
                  {app.settings.allowedOrigins.length === 0 ? 'no page' : app.settings.allowedOrigins.includes('*') ? 'any page' : app.settings.allowedOrigins.join(', ')}
                </Text>
              ),
              from: 'md',
            },
            { key: 'Created', render: (app) => <RelativeTime at={app.createdAt} />, align: 'right', width: 140, from: 'sm' },
          ]}
          empty={
            <EmptyState icon={Boxes} title="No app yet" action={create}>
              An app is an isolated world of channels. Create one, give it a key, and publish the first message a minute later.
            </EmptyState>
          }
        />
      </Panel>
      <CreateApp tenantId={tenantId} opened={creating} onClose={() => setCreating(false)} />
    </>
  );
}

function CreateApp(props: { tenantId: string; opened: boolean; onClose: () => void }) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const create = useMutation({
    mutationFn: (name: string) => take(api.POST('/v1/tenants/{tenantId}/apps', { params: { path: { tenantId: props.tenantId } }, body: { name } })),
    onSuccess: async (app) => {
      await navigate({ to: '/apps/$appId', params: { appId: app.id } });
      await queryClient.invalidateQueries({ queryKey: ['tenants', props.tenantId] });
    },
  });
  return (
    <NameDialog
      opened={props.opened}
      onClose={props.onClose}
      title="Create an app"
      label="Name"
      placeholder="production"
      hint="For people; it can be changed. The app's id is a number that never does."
      button="Create"
      busy={create.isPending}
      error={create.error}
      onName={create.mutate}
      onReset={create.reset}
    />
  );
}

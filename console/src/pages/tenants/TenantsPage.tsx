import { Badge, Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Building2, Plus } from 'lucide-react';
import { api, take } from '@/api/client';
import { useSession } from '@/api/session';
import { useCreateFlag } from '@/app/use-create-flag';
import { CopyId } from '@/parts/CopyId';
import { DataTable } from '@/parts/DataTable';
import { EmptyState } from '@/parts/EmptyState';
import { AnchorLink } from '@/parts/links';
import { PageHeader } from '@/parts/PageHeader';
import { Panel } from '@/parts/Panel';
import { RelativeTime } from '@/parts/RelativeTime';
import { usePages } from '@/parts/use-pages';
import { CreateTenant } from './CreateTenant';

export function TenantsPage() {
  const { account } = useSession();
  return account.operator ? <AllTenants /> : <OwnTenants />;
}

function AllTenants() {
  const navigate = useNavigate();
  const [creating, setCreating] = useCreateFlag();
  const list = usePages(['tenants', 'list'], (cursor) => take(api.GET('/v1/tenants', { params: { query: { limit: 100, ...(cursor && { cursor }) } } })));
  const create = (
    <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setCreating(true)}>
      Create a tenant
    </Button>
  );
  return (
    <>
      <PageHeader title="Tenants" description="Customers of this installation. Each has its own apps, members, limits and log, and sees nothing of another." actions={create} />
      <Panel flush>
        <DataTable
          {...list}
          label="Tenants"
          rowKey={(tenant) => tenant.id}
          onOpen={(tenant) => void navigate({ to: '/tenants/$tenantId', params: { tenantId: tenant.id } })}
          columns={[
            {
              key: 'Name',
              render: (tenant) => (
                <AnchorLink to="/tenants/$tenantId" params={{ tenantId: tenant.id }} fw={550} c="inherit" fz="sm">
                  {tenant.name}
                </AnchorLink>
              ),
            },
            { key: 'Id', render: (tenant) => <CopyId value={tenant.id} what="tenant id" />, from: 'md' },
            { key: 'Connections', title: 'Connections, at most', align: 'right', render: (tenant) => limit(tenant.limits.connections), from: 'sm' },
            { key: 'Publishes', title: 'Publishes/s, at most', align: 'right', render: (tenant) => limit(tenant.limits.publishesPerSecond), from: 'sm' },
            { key: 'Created', render: (tenant) => <RelativeTime at={tenant.createdAt} />, align: 'right', width: 140 },
          ]}
          empty={
            <EmptyState icon={Building2} title="No tenant yet" action={create}>
              A tenant is a customer, a team or a product: it holds apps, and the limits that they share. Create the first to get a key and publish.
            </EmptyState>
          }
        />
      </Panel>
      <CreateTenant opened={creating} onClose={() => setCreating(false)} />
    </>
  );
}

function limit(value: number | null): string {
  return value === null ? 'unlimited' : value.toLocaleString('en');
}

function OwnTenants() {
  const { memberships } = useSession();
  const navigate = useNavigate();
  return (
    <>
      <PageHeader title="Your tenants" description="Those you are a member of." />
      <Panel flush>
        <DataTable
          label="Your tenants"
          rows={memberships}
          rowKey={(each) => each.tenantId}
          onOpen={(each) => void navigate({ to: '/tenants/$tenantId', params: { tenantId: each.tenantId } })}
          columns={[
            {
              key: 'Name',
              render: (each) => (
                <AnchorLink to="/tenants/$tenantId" params={{ tenantId: each.tenantId }} fw={550} c="inherit" fz="sm">
                  {each.tenantName}
                </AnchorLink>
              ),
            },
            { key: 'Id', render: (each) => <CopyId value={each.tenantId} what="tenant id" />, from: 'md' },
            { key: 'Your role', render: (each) => <Badge>{each.role}</Badge>, align: 'right' },
          ]}
          empty={
            <EmptyState icon={Building2} title="You are in no tenant">
              You were removed from the last one, or it was deleted. Ask an owner for an invitation.
            </EmptyState>
          }
        />
      </Panel>
    </>
  );
}

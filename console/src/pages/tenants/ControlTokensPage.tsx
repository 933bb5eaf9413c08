import { Badge, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Plus, SquareTerminal } from 'lucide-react';
import { api, take, type Schema } from '@/api/client';
import { useTenant } from '@/api/queries';
import { reaches, roleIn, useSession } from '@/api/session';
import { tenantRoute } from '@/app/parents';
import { isPast } from '@/pages/people/PersonCell';
import { DataTable } from '@/parts/DataTable';
import { EmptyState } from '@/parts/EmptyState';
import { PageHeader } from '@/parts/PageHeader';
import { Panel } from '@/parts/Panel';
import { RelativeTime } from '@/parts/RelativeTime';
import { usePages } from '@/parts/use-pages';
import { CreateControlToken } from './CreateControlToken';
import { DeleteControlToken } from './DeleteControlToken';

export function ControlTokensPage() {
  const { tenantId } = tenantRoute.useParams();
  const tenant = useTenant(tenantId);
  const own = roleIn(useSession(), tenantId);
  const admin = reaches(own, 'admin');
  const [creating, create] = useDisclosure();
  const list = usePages(['tenants', tenantId, 'control-tokens'], (cursor) =>
    take(api.GET('/v1/tenants/{tenantId}/control-tokens', { params: { path: { tenantId }, query: { limit: 100, ...(cursor && { cursor }) } } })),
  );
  const button = admin && (
    <Button leftSection={<Plus size={16} aria-hidden />} onClick={create.open}>
      Create a control token
    </Button>
  );
  return (
    <>
      <PageHeader title="Control tokens" description={`For programs that configure ${tenant.name} over the API: Terraform, scripts, CI. They publish nothing; apps have keys for that.`} actions={button} />
      <Panel flush>
        <DataTable
          {...list}
          label={`Control tokens of ${tenant.name}`}
          rowKey={(token) => token.id}
          columns={[
            { key: 'Name', render: (token) => <b style={{ fontWeight: 550 }}>{token.name}</b> },
            { key: 'Role', render: (token) => <Badge>{token.role}</Badge>, width: 120 },
            { key: 'Last used', from: 'sm', width: 150, render: (token) => <RelativeTime at={token.lastUsedAt} /> },
            {
              key: 'Expires',
              from: 'sm',
              width: 150,
              render: (token) => (isPast(token.expiresAt) ? <Badge color="red">expired</Badge> : <RelativeTime at={token.expiresAt} />),
            },
            { key: 'Created', from: 'md', width: 150, render: (token) => <RelativeTime at={token.createdAt} /> },
            ...(admin ? [{ key: 'do', title: <span className="tg-unseen">Do</span>, width: 90, align: 'right' as const, render: (token: Schema<'ControlToken'>) => <DeleteControlToken token={token} /> }] : []),
          ]}
          empty={
            <EmptyState icon={SquareTerminal} title="No control token yet" action={button}>
              One lets a program do over the API what you do here, within a role: <code>Authorization: Bearer …</code> on the routes under <code>/v1/tenants</code> and <code>/v1/apps</code>.
            </EmptyState>
          }
        />
      </Panel>
      <CreateControlToken tenantId={tenantId} own={own} opened={creating} onClose={create.close} />
    </>
  );
}

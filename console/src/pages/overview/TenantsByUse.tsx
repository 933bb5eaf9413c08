import { Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Building2 } from 'lucide-react';
import { useSession } from '@/api/session';
import { format } from '@/charts/format';
import { DataTable, type Column } from '@/parts/DataTable';
import { EmptyState } from '@/parts/EmptyState';
import { AnchorLink, ButtonLink } from '@/parts/links';
import { Panel } from '@/parts/Panel';
import type { TenantsUse, TenantUse } from './use-tenants-use';

const sum = ({ usage }: TenantUse, value: 'publishes' | 'deliveries'): number | undefined => usage?.rows.reduce((total, row) => total + row[value], 0);

const COLUMNS: readonly Column<TenantUse>[] = [
  {
    key: 'Tenant',
    render: ({ id, name }) => (
      <AnchorLink inherit to="/tenants/$tenantId" params={{ tenantId: id }} fw={550}>
        {name}
      </AnchorLink>
    ),
  },
  { key: 'Connections now', align: 'right', render: ({ figures }) => format(figures?.connections, 'count') },
  { key: 'Deliveries now', align: 'right', from: 'sm', render: ({ figures }) => format(figures?.deliveriesPerSecond, 'perSecond') },
  { key: 'Published', align: 'right', from: 'md', render: (tenant) => format(sum(tenant, 'publishes'), 'count') },
  { key: 'Delivered', align: 'right', render: (tenant) => format(sum(tenant, 'deliveries'), 'count') },
];

/** Those that used most in the time that is chosen come first. */
export function TenantsByUse({ use, words }: { use: TenantsUse; words: string }) {
  const navigate = useNavigate();
  const { operator } = useSession().account;
  const rows = use.isRanked && use.tenants ? [...use.tenants].sort((a, b) => (sum(b, 'deliveries') ?? 0) - (sum(a, 'deliveries') ?? 0) || a.name.localeCompare(b.name)) : undefined;
  return (
    <Panel title={operator ? 'Tenants by use' : 'Your tenants'} description={`Published and delivered in ${words}.`} flush>
      <DataTable
        label="Tenants by use"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ id }) => id}
        error={use.error}
        onRetry={use.retry}
        onOpen={({ id }) => void navigate({ to: '/tenants/$tenantId', params: { tenantId: id } })}
        skeletonRows={use.tenants?.length ?? 3}
        empty={
          operator ? (
            <EmptyState icon={Building2} title="No tenants yet" action={<ButtonLink to="/tenants">Make the first tenant</ButtonLink>}>
              A tenant is a customer, or a team: it has limits, members, and apps of its own. Nothing of one reaches another.
            </EmptyState>
          ) : (
            <EmptyState icon={Building2} title="You are a member of no tenant">
              Somebody who owns one can invite you: the link that they are given makes you a member.
            </EmptyState>
          )
        }
      />
      {use.more && (
        <Text size="xs" c="dimmed" p="sm" px={18}>
          These are the first {use.tenants?.length}. <AnchorLink to="/tenants">All tenants</AnchorLink>
        </Text>
      )}
    </Panel>
  );
}

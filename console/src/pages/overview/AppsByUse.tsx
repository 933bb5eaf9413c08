import type { UseQueryResult } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Boxes } from 'lucide-react';
import type { Schema } from '@/api/client';
import { format } from '@/charts/format';
import { DataTable, type Column } from '@/parts/DataTable';
import { EmptyState } from '@/parts/EmptyState';
import { AnchorLink, ButtonLink } from '@/parts/links';
import { Panel } from '@/parts/Panel';
import { appsByUse, type AppUse } from './apps-by-use';
import type { UsageRead } from './use-usage';

/** A tenant's apps, by what they used in the time that is chosen. */
export function AppsByUse({ tenantId, apps, usage, words }: { tenantId: string; apps: Pick<UseQueryResult<Schema<'App'>[]>, 'data' | 'error' | 'refetch'>; usage: UsageRead | undefined; words: string }) {
  const navigate = useNavigate();
  const columns: readonly Column<AppUse>[] = [
    {
      key: 'App',
      render: ({ id, name }) =>
        name === null ? (
          <span style={{ color: 'var(--tg-dimmed)' }}>deleted ({id})</span>
        ) : (
          <AnchorLink inherit to="/apps/$appId" params={{ appId: id }} fw={550}>
            {name}
          </AnchorLink>
        ),
    },
    { key: 'Published', align: 'right', render: ({ publishes }) => format(publishes, 'count') },
    { key: 'Delivered', align: 'right', render: ({ deliveries }) => format(deliveries, 'count') },
    { key: 'Connections, most', align: 'right', from: 'sm', render: ({ connectionsPeak }) => format(connectionsPeak, 'count') },
    { key: 'Refusals', align: 'right', from: 'sm', render: ({ refusals }) => format(refusals, 'count') },
  ];
  return (
    <Panel title="Apps by use" description={`In ${words}.`} flush>
      <DataTable
        label="Apps by use"
        columns={columns}
        rows={apps.data && usage && appsByUse(apps.data, usage.rows)}
        error={apps.error}
        onRetry={() => void apps.refetch()}
        rowKey={({ id }) => id}
        onOpen={({ id, name }) => name !== null && void navigate({ to: '/apps/$appId', params: { appId: id } })}
        skeletonRows={3}
        empty={
          <EmptyState
            icon={Boxes}
            title="No apps yet"
            action={
              <ButtonLink to="/tenants/$tenantId/apps" params={{ tenantId }}>
                Make the first app
              </ButtonLink>
            }
          >
            An app is a world of channels of its own, with its own keys: one for production, one for trying things.
          </EmptyState>
        }
      />
    </Panel>
  );
}

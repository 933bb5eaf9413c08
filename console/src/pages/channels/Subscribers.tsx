import { useNavigate } from '@tanstack/react-router';
import { Users } from 'lucide-react';
import { appApi, take, type Schema } from '@/api/client';
import { whole } from '@/charts/format';
import { ClientCell } from '@/pages/connections/ClientCell';
import { StateBadge } from '@/pages/connections/StateBadge';
import { DataTable, type Column } from '@/parts/DataTable';
import { EmptyState } from '@/parts/EmptyState';
import { AnchorLink } from '@/parts/links';
import { RelativeTime } from '@/parts/RelativeTime';
import { usePages } from '@/parts/use-pages';

type Subscriber = Schema<'Subscriber'>;

const REFRESH_MS = 5_000;
const PAGE = 50;

/** Who is given what is published here, and whether they keep up. */
export function Subscribers({ appId, channel }: { appId: string; channel: string }) {
  const navigate = useNavigate();
  const list = usePages<Subscriber>(
    ['apps', appId, 'channel', channel, 'subscribers'],
    (cursor) => take(appApi(appId).GET('/v1/channels/{channel}/subscribers', { params: { path: { channel }, query: { limit: PAGE, ...(cursor !== undefined && { cursor }) } } })),
    { refetchInterval: REFRESH_MS },
  );
  const columns: readonly Column<Subscriber>[] = [
    {
      key: 'Connection',
      mono: true,
      render: ({ connectionId }) => (
        <AnchorLink inherit to="/apps/$appId/connections/view" params={{ appId }} search={{ id: connectionId }}>
          {connectionId}
        </AnchorLink>
      ),
    },
    { key: 'Client', render: (subscriber) => <ClientCell of={subscriber} /> },
    { key: 'Transport', from: 'md', render: ({ transport }) => transport },
    { key: 'State', width: 100, render: ({ state }) => <StateBadge state={state} /> },
    { key: 'Behind', align: 'right', width: 80, render: ({ lag }) => whole(lag) },
    { key: 'Since', from: 'sm', width: 130, render: ({ since }) => <RelativeTime at={since} /> },
  ];
  return (
    <DataTable
      {...list}
      label="Subscribers"
      columns={columns}
      rowKey={({ connectionId }) => connectionId}
      onOpen={({ connectionId }) => void navigate({ to: '/apps/$appId/connections/view', params: { appId }, search: { id: connectionId } })}
      skeletonRows={4}
      empty={
        <EmptyState icon={Users} title="Nobody subscribes">
          What is published here now reaches nobody at once; who subscribes later may read it back as long as it is kept.
        </EmptyState>
      }
    />
  );
}

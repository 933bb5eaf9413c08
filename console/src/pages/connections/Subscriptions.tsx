import { Text } from '@mantine/core';
import { Hash } from 'lucide-react';
import { whole } from '@/charts/format';
import { DataTable, type Column } from '@/parts/DataTable';
import { EmptyState } from '@/parts/EmptyState';
import { AnchorLink } from '@/parts/links';
import { RelativeTime } from '@/parts/RelativeTime';
import type { ConnectionDetail } from './ConnectionPage';
import { StateBadge } from './StateBadge';

type Subscription = ConnectionDetail['channels'][number];

const META = '[meta]log';

/** The channels of one connection, and how far it is in each. */
export function Subscriptions({ appId, connection }: { appId: string; connection: ConnectionDetail | undefined }) {
  const columns: readonly Column<Subscription>[] = [
    {
      key: 'Channel',
      mono: true,
      render: ({ channel }) =>
        channel === META ? (
          channel
        ) : (
          <AnchorLink inherit to="/apps/$appId/channels/view" params={{ appId }} search={{ name: channel }} style={{ overflowWrap: 'anywhere', unicodeBidi: 'isolate' }}>
            {channel}
          </AnchorLink>
        ),
    },
    { key: 'State', width: 110, render: ({ state }) => <StateBadge state={state} /> },
    { key: 'Last given', align: 'right', width: 110, from: 'sm', render: ({ seq }) => `#${whole(seq)}` },
    { key: 'Behind', align: 'right', width: 90, render: ({ lag }) => whole(lag) },
    { key: 'Present', width: 90, from: 'sm', render: ({ present }) => (present ? 'yes' : 'no') },
    { key: 'Since', width: 140, from: 'md', render: ({ since }) => <RelativeTime at={since} /> },
  ];
  return (
    <>
      <DataTable
        label="Subscriptions of this connection"
        columns={columns}
        rows={connection?.channels}
        rowKey={({ channel }) => channel}
        skeletonRows={3}
        empty={
          <EmptyState icon={Hash} title="It listens to nothing">
            A connection can be open and subscribe to no channel: it may publish only, or subscribe later.
          </EmptyState>
        }
      />
      {connection && connection.subscriptions > connection.channels.length && (
        <Text size="xs" c="dimmed" p="sm" px={18}>
          {whole(connection.channels.length)} of {whole(connection.subscriptions)} are shown.
        </Text>
      )}
    </>
  );
}

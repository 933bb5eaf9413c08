import { Badge } from '@mantine/core';
import { format } from '@/charts/format';
import { DataTable, type Column } from '@/parts/DataTable';
import { RelativeTime } from '@/parts/RelativeTime';
import type { Node } from './use-nodes';

const COLUMNS: readonly Column<Node>[] = [
  { key: 'Node', mono: true, render: ({ id }) => id },
  { key: 'State', width: 90, render: ({ live }) => <Badge color={live ? 'teal' : 'red'}>{live ? 'live' : 'gone'}</Badge> },
  { key: 'Connections', align: 'right', render: ({ connections, live }) => (live ? format(connections, 'count') : '–') },
  { key: 'Publishes', align: 'right', from: 'sm', render: ({ figures }) => format(figures?.publishesPerSecond, 'perSecond') },
  { key: 'Deliveries', align: 'right', from: 'sm', render: ({ figures }) => format(figures?.deliveriesPerSecond, 'perSecond') },
  { key: 'Sent', align: 'right', from: 'md', render: ({ figures }) => format(figures?.bytesOutPerSecond, 'bytesPerSecond') },
  { key: 'p99', align: 'right', from: 'md', render: ({ figures }) => format(figures?.latencyMs?.p99, 'milliseconds') },
  { key: 'Heap', align: 'right', from: 'lg', render: ({ figures }) => (figures ? `${format(figures.heapUsedBytes, 'bytes')} of ${format(figures.heapMaxBytes, 'bytes')}` : '–') },
  { key: 'Version', from: 'lg', mono: true, render: ({ version }) => version },
  { key: 'Started', from: 'sm', width: 130, render: ({ startedAt }) => <RelativeTime at={startedAt} /> },
];

/** The gateway's processes; those gone within the last hour as well. */
export function NodesTable(props: { nodes: readonly Node[] | undefined; error: Error | null; onRetry: () => void }) {
  return <DataTable label="Nodes" columns={COLUMNS} rows={props.nodes} rowKey={({ id }) => id} error={props.error} onRetry={props.onRetry} skeletonRows={1} />;
}

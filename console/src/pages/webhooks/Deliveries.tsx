import { Button, SegmentedControl, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { RotateCw, Send } from 'lucide-react';
import { useApp } from '@/api/queries';
import { useRole } from '@/api/session';
import { DataTable, type Column } from '@/parts/DataTable';
import { EmptyState } from '@/parts/EmptyState';
import { Panel } from '@/parts/Panel';
import { RelativeTime } from '@/parts/RelativeTime';
import { usePages } from '@/parts/use-pages';
import { BacklogBadges } from './BacklogBadges';
import { DeliveryBadge } from './DeliveryBadge';
import { ReplayDead } from './ReplayDead';
import { STATES, type DeliveryState } from './search';
import { TestTip } from './TestTip';
import { deliveriesKey, deliveryPage, type Delivery, type Webhook } from './webhooks';

const COLUMNS: readonly Column<Delivery>[] = [
  {
    key: 'Event',
    render: (one) => (
      <>
        <Text size="sm" fw={550}>
          {one.type}
        </Text>
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {one.channel ?? 'of no channel'}
        </Text>
      </>
    ),
  },
  { key: 'Happened', width: 140, render: (one) => <RelativeTime at={one.time} /> },
  { key: 'Attempts', width: 90, align: 'right', from: 'sm', render: (one) => one.attempts.toLocaleString('en') },
  { key: 'Next or last', width: 150, from: 'md', render: (one) => <RelativeTime at={one.nextAttemptAt ?? one.finishedAt} never="" /> },
  { key: 'State', width: 110, render: (one) => <DeliveryBadge state={one.state} /> },
];

const EMPTY: Readonly<Record<DeliveryState | 'all', string>> = {
  all: 'Nothing was sent yet',
  pending: 'Nothing waits',
  delivered: 'Nothing was delivered in 3 days',
  dead: 'No dead letters',
};

export function Deliveries(props: { webhook: Webhook; state: DeliveryState | undefined; onState: (state: DeliveryState | undefined) => void; onOpen: (deliveryId: string) => void }) {
  const { webhook, state } = props;
  const may = useRole(useApp(webhook.appId).tenantId);
  const queries = useQueryClient();
  const key = [...deliveriesKey(webhook.appId, webhook.id), 'pages', state ?? 'all'];
  const list = usePages<Delivery>(key, (cursor) => deliveryPage(webhook.appId, webhook.id, state, cursor), { refetchInterval: 10_000 });
  const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: deliveriesKey(webhook.appId, webhook.id) });
  return (
    <Panel
      flush
      title="Deliveries"
      description={<BacklogBadges of={webhook} />}
      actions={
        <>
          <SegmentedControl
            aria-label="State"
            value={state ?? 'all'}
            onChange={(value) => props.onState(STATES.find((one) => one === value))}
            data={[{ value: 'all', label: 'All' }, ...STATES.map((value) => ({ value, label: value === 'dead' ? 'dead letters' : value }))]}
          />
          <Button variant="default" size="xs" leftSection={<RotateCw size={14} aria-hidden />} onClick={() => void refresh()}>
            Refresh
          </Button>
          {may('admin') && <ReplayDead webhook={webhook} onDone={refresh} />}
        </>
      }
    >
      <DataTable
        label={`Deliveries of ${webhook.name}`}
        columns={COLUMNS}
        rowKey={(one) => one.id}
        onOpen={(one) => props.onOpen(one.id)}
        empty={
          <EmptyState icon={Send} title={EMPTY[state ?? 'all']}>
            {state === undefined ? <TestTip webhook={webhook} /> : 'Delivered ones are kept for 3 days, dead ones for 14.'}
          </EmptyState>
        }
        {...list}
      />
    </Panel>
  );
}


import { Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { api, take, type Schema } from '@/api/client';
import { useApp } from '@/api/queries';
import { useRole } from '@/api/session';
import { useAct } from '@/forms/use-act';
import { CodeBlock } from '@/parts/CodeBlock';
import { ErrorView } from '@/parts/ErrorView';
import { RefusalAlert } from '@/parts/RefusalAlert';
import { RelativeTime } from '@/parts/RelativeTime';
import { TableSkeleton } from '@/parts/Skeletons';
import { said } from '@/parts/toast';
import { AttemptList } from './AttemptList';
import { DeliveryBadge } from './DeliveryBadge';
import { deliveriesKey, deliveryQuery, type Webhook } from './webhooks';

export interface Props {
  opened: boolean;
  webhook: Webhook;
  deliveryId: string | undefined;
  onClose: () => void;
}

/** One delivery: what it brings, each attempt with its answer, and sending it again. */
export function DeliveryDrawerBox(props: Props) {
  return (
    <Drawer opened={props.opened} onClose={props.onClose} position="right" size="xl" title="Delivery" closeButtonProps={{ 'aria-label': 'Close' }}>
      {props.deliveryId !== undefined && <Loaded webhook={props.webhook} deliveryId={props.deliveryId} />}
    </Drawer>
  );
}

function Loaded({ webhook, deliveryId }: { webhook: Webhook; deliveryId: string }) {
  const { data, error, refetch } = useQuery({ ...deliveryQuery(webhook.appId, webhook.id, deliveryId), refetchInterval: 5_000 });
  if (data === undefined) return error ? <ErrorView error={error} reset={() => void refetch()} /> : <TableSkeleton rows={6} columns={2} />;
  return <Shown webhook={webhook} delivery={data} />;
}

function Shown({ webhook, delivery }: { webhook: Webhook; delivery: Schema<'DeliveryDetail'> }) {
  const may = useRole(useApp(webhook.appId).tenantId);
  const queries = useQueryClient();
  const { busy, error, act } = useAct();
  const replay = (): Promise<void> =>
    act(async () => {
      const path = { appId: webhook.appId, webhookId: webhook.id, deliveryId: delivery.id };
      await take(api.POST('/v1/apps/{appId}/webhooks/{webhookId}/deliveries/{deliveryId}/replay', { params: { path } }));
      await queries.invalidateQueries({ queryKey: deliveriesKey(webhook.appId, webhook.id) });
      said('It is queued again, with the same event id.');
    });
  return (
    <Stack gap="lg">
      <Group gap="xs">
        <DeliveryBadge state={delivery.state} />
        <Text fw={600}>{delivery.type}</Text>
        {delivery.channel !== null && <code style={{ overflowWrap: 'anywhere' }}>{delivery.channel}</code>}
      </Group>
      <Text size="sm" c="dimmed">
        Happened <RelativeTime at={delivery.time} />.{' '}
        {delivery.state === 'pending' ? (
          <>
            Next attempt <RelativeTime at={delivery.nextAttemptAt} never="as soon as the one before it was taken" />, given up <RelativeTime at={delivery.giveUpAt} />.
          </>
        ) : (
          <>
            {delivery.state === 'dead' ? 'Given up' : 'Delivered'} <RelativeTime at={delivery.finishedAt} />.
          </>
        )}{' '}
        Event <code>{delivery.eventId}</code>
      </Text>
      {may('admin') && delivery.state !== 'pending' && (
        <Group>
          <Button variant="default" size="xs" leftSection={<Send size={14} aria-hidden />} loading={busy} onClick={() => void replay()}>
            Send it again
          </Button>
        </Group>
      )}
      {error !== null && <RefusalAlert error={error} />}
      <CodeBlock title="data" code={JSON.stringify(delivery.data, null, 2)} maxHeight={320} wrap />
      <AttemptList attempts={delivery.attemptLog} total={delivery.attempts} />
    </Stack>
  );
}

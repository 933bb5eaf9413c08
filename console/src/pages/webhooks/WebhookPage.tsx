import { Badge, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ErrorView } from '@/parts/ErrorView';
import { AnchorLink } from '@/parts/links';
import { PageHeader } from '@/parts/PageHeader';
import { PageSkeleton } from '@/parts/Skeletons';
import { Deliveries } from './Deliveries';
import { DeliveryDrawer } from './DeliveryDrawer';
import { webhookQuery } from './webhooks';
import { WebhookSettings } from './WebhookSettings';

const FROM = '/signed-in/apps/$appId/webhooks/$webhookId';

export function WebhookPage() {
  const { appId, webhookId } = useParams({ from: FROM });
  const { tab, state, delivery } = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/apps/$appId/webhooks/$webhookId' });
  const { data: webhook, error, refetch } = useQuery(webhookQuery(appId, webhookId));
  if (webhook === undefined) return error ? <ErrorView error={error} reset={() => void refetch()} /> : <PageSkeleton />;
  return (
    <>
      <PageHeader
        title={webhook.name}
        badges={<Badge color={webhook.enabled ? 'tide' : 'gray'}>{webhook.enabled ? 'on' : 'off'}</Badge>}
        description={<code style={{ overflowWrap: 'anywhere' }}>{webhook.url}</code>}
        above={
          <AnchorLink to="/apps/$appId/webhooks" params={{ appId }} size="sm">
            ← Webhooks
          </AnchorLink>
        }
      />
      <Tabs value={tab ?? 'deliveries'} onChange={(value) => void navigate({ search: value === 'settings' ? { tab: 'settings' } : {} })}>
        <Tabs.List mb="lg">
          <Tabs.Tab value="deliveries">Deliveries</Tabs.Tab>
          <Tabs.Tab value="settings">Settings</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="deliveries">
          <Deliveries
            webhook={webhook}
            state={state}
            onState={(next) => void navigate({ search: next === undefined ? {} : { state: next } })}
            onOpen={(id) => void navigate({ search: (now) => ({ ...now, delivery: id }) })}
          />
        </Tabs.Panel>
        <Tabs.Panel value="settings">
          <WebhookSettings key={webhook.updatedAt} webhook={webhook} />
        </Tabs.Panel>
      </Tabs>
      <DeliveryDrawer webhook={webhook} deliveryId={delivery} onClose={() => void navigate({ search: (now) => ({ ...now, delivery: undefined }) })} />
    </>
  );
}

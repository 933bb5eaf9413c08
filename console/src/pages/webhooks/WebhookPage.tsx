import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Loaded } from '@/parts/Loaded';
import { Deliveries } from './Deliveries';
import { DeliveryDrawer } from './DeliveryDrawer';
import { WebhookHeader } from './WebhookHeader';
import { webhookQuery } from './webhooks';

const FROM = '/signed-in/apps/$appId/webhooks/$webhookId';

/** What became of a webhook's events. */
export function WebhookPage() {
  const { appId, webhookId } = useParams({ from: FROM });
  const { state, delivery } = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/apps/$appId/webhooks/$webhookId' });
  return (
    <Loaded of={useQuery(webhookQuery(appId, webhookId))}>
      {(webhook) => (
        <>
          <WebhookHeader webhook={webhook} />
          <Deliveries
            webhook={webhook}
            state={state}
            onState={(next) => void navigate({ search: next === undefined ? {} : { state: next } })}
            onOpen={(id) => void navigate({ search: (now) => ({ ...now, delivery: id }) })}
          />
          <DeliveryDrawer opened={delivery !== undefined} webhook={webhook} deliveryId={delivery} onClose={() => void navigate({ search: (now) => ({ ...now, delivery: undefined }) })} />
        </>
      )}
    </Loaded>
  );
}

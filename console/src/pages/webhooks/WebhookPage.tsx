import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ErrorView } from '@/parts/ErrorView';
import { PageSkeleton } from '@/parts/Skeletons';
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
  const { data: webhook, error, refetch } = useQuery(webhookQuery(appId, webhookId));
  if (webhook === undefined) return error ? <ErrorView error={error} reset={() => void refetch()} /> : <PageSkeleton />;
  return (
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
  );
}

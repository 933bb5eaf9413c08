import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { ErrorView } from '@/parts/ErrorView';
import { PageSkeleton } from '@/parts/Skeletons';
import { WebhookHeader } from './WebhookHeader';
import { webhookQuery } from './webhooks';
import { WebhookSettings } from './WebhookSettings';

export function WebhookSettingsPage() {
  const { appId, webhookId } = useParams({ from: '/signed-in/apps/$appId/webhooks/$webhookId/settings' });
  const { data: webhook, error, refetch } = useQuery(webhookQuery(appId, webhookId));
  if (webhook === undefined) return error ? <ErrorView error={error} reset={() => void refetch()} /> : <PageSkeleton />;
  return (
    <>
      <WebhookHeader webhook={webhook} />
      <WebhookSettings key={webhook.updatedAt} webhook={webhook} />
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Loaded } from '@/parts/Loaded';
import { WebhookHeader } from './WebhookHeader';
import { webhookQuery } from './webhooks';
import { WebhookSettings } from './WebhookSettings';

export function WebhookSettingsPage() {
  const { appId, webhookId } = useParams({ from: '/signed-in/apps/$appId/webhooks/$webhookId/settings' });
  return (
    <Loaded of={useQuery(webhookQuery(appId, webhookId))}>
      {(webhook) => (
        <>
          <WebhookHeader webhook={webhook} />
          <WebhookSettings key={webhook.id} webhook={webhook} />
        </>
      )}
    </Loaded>
  );
}

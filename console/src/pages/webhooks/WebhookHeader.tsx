import { PageTab, PageTabs } from '@/forms/PageTabs';
import { AnchorLink } from '@/parts/links';
import { OnBadge } from '@/parts/OnBadge';
import { PageHeader } from '@/parts/PageHeader';
import type { Webhook } from './webhooks';

/** The top of both pages of a webhook. */
export function WebhookHeader({ webhook }: { webhook: Webhook }) {
  const params = { appId: webhook.appId, webhookId: webhook.id };
  return (
    <>
      <PageHeader
        title={webhook.name}
        badges={<OnBadge on={webhook.enabled} />}
        description={<code style={{ overflowWrap: 'anywhere' }}>{webhook.url}</code>}
        above={
          <AnchorLink to="/apps/$appId/webhooks" params={{ appId: webhook.appId }} size="sm">
            ← Webhooks
          </AnchorLink>
        }
      />
      <PageTabs label="Of this webhook">
        <PageTab to="/apps/$appId/webhooks/$webhookId" params={params} activeOptions={{ exact: true, includeSearch: false }}>
          Deliveries
        </PageTab>
        <PageTab to="/apps/$appId/webhooks/$webhookId/settings" params={params} activeOptions={{ exact: true }}>
          Settings
        </PageTab>
      </PageTabs>
    </>
  );
}

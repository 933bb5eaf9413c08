import { AnchorLink } from '@/parts/links';
import { sampleChannel } from '@/rules/sample-channel';
import type { Webhook } from './webhooks';

/** How to see a first delivery. */
export function TestTip({ webhook }: { webhook: Webhook }) {
  const channel = sampleChannel(webhook.pattern);
  if (!webhook.enabled) return <>The webhook is off: nothing is queued for it. Switch it on in its settings.</>;
  if (webhook.events.includes('message.published')) {
    return (
      <>
        To see one, publish a message on{' '}
        <AnchorLink to="/apps/$appId/live" params={{ appId: webhook.appId }} underline="always">
          Live
        </AnchorLink>
        , in a channel such as <code>{channel}</code>. It arrives within a second; if your receiver is down, you see each attempt here.
      </>
    );
  }
  return (
    <>
      To see one, let a client subscribe to a channel such as <code>{channel}</code>, or enter it. Events of who is there come some seconds later.
    </>
  );
}

import { Text } from '@mantine/core';
import { Hash, SearchX } from 'lucide-react';
import { subscribeSnippets } from '@/live/snippets/event';
import { blocks, publishSnippets } from '@/live/snippets/publication';
import { CodeBlock } from '@/parts/CodeBlock';
import { EmptyState } from '@/parts/EmptyState';
import { ButtonLink } from '@/parts/links';

/** A channel needs no making: it is there as soon as somebody listens or publishes. */
export function NoChannels({ appId, prefix }: { appId: string; prefix: string }) {
  if (prefix !== '') {
    return (
      <EmptyState
        icon={SearchX}
        title="No channel begins so"
        action={
          <ButtonLink to="/apps/$appId/channels/view" params={{ appId }} search={{ name: prefix }} variant="default">
            Open it all the same
          </ButtonLink>
        }
      >
        Nobody subscribes to one whose name begins with <span className="tg-mono">{prefix}</span>, and none keeps messages. Every valid name is a channel, though.
      </EmptyState>
    );
  }
  const subscribe = subscribeSnippets(location.origin, 'chat:room-7');
  const publish = publishSnippets(location.origin, { channel: 'chat:room-7', name: 'greeting', data: { text: 'Hello' } });
  return (
    <EmptyState
      icon={Hash}
      title="No channels yet"
      action={
        <ButtonLink to="/apps/$appId/keys" params={{ appId }} variant="default">
          Keys of this app
        </ButtonLink>
      }
    >
      <Text size="sm">A channel is not made: it is there as soon as somebody subscribes or publishes. Listen in one shell:</Text>
      <div style={{ margin: '12px 0' }}>
        <CodeBlock code={subscribe.curl} />
      </div>
      <Text size="sm">and publish in another:</Text>
      <div style={{ marginTop: 12 }}>
        <CodeBlock snippets={blocks(publish)} />
      </div>
    </EmptyState>
  );
}

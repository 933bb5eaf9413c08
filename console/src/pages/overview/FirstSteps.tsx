import { Text } from '@mantine/core';
import { Waves } from 'lucide-react';
import { subscribeSnippets } from '@/live/snippets/event';
import { blocks, publishSnippets } from '@/live/snippets/publication';
import { CodeBlock } from '@/parts/CodeBlock';
import { EmptyState } from '@/parts/EmptyState';
import { ButtonLink } from '@/parts/links';
import { Panel } from '@/parts/Panel';

const CHANNEL = 'chat:room-7';

/** In the place of charts of nothing: how to make the first message go through. */
export function FirstSteps({ appId }: { appId: string }) {
  return (
    <Panel>
      <EmptyState
        icon={Waves}
        title="Nothing has gone through this app yet"
        action={
          <ButtonLink to="/apps/$appId/keys" params={{ appId }}>
            Make a key
          </ButtonLink>
        }
      >
        With a key of this app in <code>TIDEGATE_KEY</code>, listen to a channel:
        <div style={{ marginTop: 10 }}>
          <CodeBlock snippets={blocks(subscribeSnippets(location.origin, CHANNEL))} />
        </div>
        <Text size="sm" mt="md">
          and publish to it from elsewhere. What happens is seen at once under Live, and here within a minute.
        </Text>
        <div style={{ marginTop: 10 }}>
          <CodeBlock snippets={blocks(publishSnippets(location.origin, { channel: CHANNEL, name: 'greeting', data: { text: 'Hello' } }))} />
        </div>
      </EmptyState>
    </Panel>
  );
}

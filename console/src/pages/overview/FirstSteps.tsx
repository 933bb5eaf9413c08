import { Text } from '@mantine/core';
import { Waves } from 'lucide-react';
import { subscribeSnippets } from '@/live/snippets/event';
import { publishSnippets, type Snippets } from '@/live/snippets/publication';
import { CodeBlock } from '@/parts/CodeBlock';
import { EmptyState } from '@/parts/EmptyState';
import { ButtonLink } from '@/parts/links';
import { Panel } from '@/parts/Panel';

const CHANNEL = 'chat:room-7';

/** In the place of charts of nothing: how to make the first message go through. */
export function FirstSteps({ appId }: { appId: string }) {
  const subscribe = subscribeSnippets(location.origin, CHANNEL);
  const publish = publishSnippets(location.origin, { channel: CHANNEL, name: 'greeting', data: { text: 'Hello' } });
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
        <Blocks snippets={subscribe} />
        <Text size="sm" mt="md">
          and publish to it from elsewhere. What happens is seen at once under Live, and here within a minute.
        </Text>
        <Blocks snippets={publish} />
      </EmptyState>
    </Panel>
  );
}

function Blocks({ snippets: { curl, java, javascript } }: { snippets: Snippets }) {
  return (
    <div style={{ marginTop: 10 }}>
      <CodeBlock
        snippets={[
          { name: 'curl', code: curl },
          { name: 'Java', code: java },
          { name: 'JavaScript', code: javascript },
        ]}
      />
    </div>
  );
}

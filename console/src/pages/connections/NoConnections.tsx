import { Cable, SearchX } from 'lucide-react';
import { subscribeSnippets } from '@/live/snippets/event';
import { blocks } from '@/live/snippets/publication';
import { CodeBlock } from '@/parts/CodeBlock';
import { EmptyState } from '@/parts/EmptyState';
import { ButtonLink } from '@/parts/links';

export function NoConnections({ appId, client }: { appId: string; client: string }) {
  if (client !== '') {
    return (
      <EmptyState
        icon={SearchX}
        title="This client is not connected"
        action={
          <ButtonLink to="/apps/$appId/refusals" params={{ appId }} search={{ clientId: client }} variant="default">
            Was it refused?
          </ButtonLink>
        }
      >
        No connection of <span className="tg-mono">{client}</span> is open now. It is asked for by its whole id.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Cable} title="Nobody is connected">
      Clients connect over a WebSocket or an event stream, with a key or a token. The first one:
      <div style={{ marginTop: 14 }}>
        <CodeBlock snippets={blocks(subscribeSnippets(location.origin, 'chat:room-7'))} />
      </div>
    </EmptyState>
  );
}

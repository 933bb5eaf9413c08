import { Button, Group, Stack, Text } from '@mantine/core';
import { ArrowUpRight, MousePointerClick, Send } from 'lucide-react';
import { clock } from '@/charts/format';
import { CodeBlock } from '@/parts/CodeBlock';
import { CopyButton } from '@/parts/CopyButton';
import { ButtonLink } from '@/parts/links';
import { RefusalCode } from '@/parts/RefusalCode';
import { json } from '@/snippets/quote';
import type { LiveEvent } from './event';
import { textOf } from './event';
import classes from './EventDetail.module.css';
import { JsonView } from './JsonView';
import { eventSnippets, publicationOf } from './snippets/event';
import { blocks, type Publication } from './snippets/publication';

/** One event as a whole: what it says, where it leads to, and how to do the same. */
export function EventDetail(props: { appId: string; event: LiveEvent | undefined; onAgain: (publication: Publication) => void }) {
  const { appId, event, onAgain } = props;
  if (!event) {
    return (
      <Stack align="center" gap={6} py={40} px="md" c="dimmed" ta="center">
        <MousePointerClick size={22} aria-hidden />
        <Text size="sm">Choose an event to see all of it, or go through them with the arrow keys.</Text>
      </Stack>
    );
  }
  const code = event.data['code'];
  const again = publicationOf(event);
  const copied = eventSnippets(location.origin, event);
  return (
    <Stack gap="md" key={event.no}>
      <div>
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Text fw={600}>{event.type}</Text>
          <CopyButton value={json({ type: event.type, timestamp: event.timestamp, ...event.data }, 2)} what="event as JSON" />
        </Group>
        <Text size="xs" c="dimmed" className="tg-num">
          {clock(event.timestamp)}, {new Date(event.timestamp).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })}
        </Text>
      </div>
      {typeof code === 'number' && (
        <Text size="sm" className={classes.refusal} component="div">
          <RefusalCode code={code} /> {textOf(event, 'rule') ?? textOf(event, 'step')}
        </Text>
      )}
      <Leads appId={appId} event={event} />
      <div className={classes.json} tabIndex={0} role="region" aria-label="The event's fields">
        <JsonView value={event.data} depth={2} />
      </div>
      {again && (
        <div>
          <Button variant="default" size="xs" leftSection={<Send size={14} aria-hidden />} onClick={() => onAgain(again)}>
            Publish the same again
          </Button>
        </div>
      )}
      {copied && (
        <div>
          <CodeBlock snippets={blocks(copied.snippets)} maxHeight={260} />
          <Text size="xs" c="dimmed" mt={6}>
            {copied.note ?? 'The key is read from TIDEGATE_KEY.'}
          </Text>
        </div>
      )}
    </Stack>
  );
}

/** Where more is known of what the event is about. */
function Leads({ appId, event }: { appId: string; event: LiveEvent }) {
  const channel = textOf(event, 'channel');
  const connection = textOf(event, 'connectionId');
  const request = textOf(event, 'requestId');
  const isRefused = typeof event.data['code'] === 'number' && request !== undefined;
  if (channel === undefined && connection === undefined && !isRefused) return null;
  const icon = <ArrowUpRight size={13} aria-hidden />;
  return (
    <Group gap={6}>
      {channel !== undefined && !channel.startsWith('[') && (
        <ButtonLink to="/apps/$appId/channels/view" params={{ appId }} search={{ name: channel }} variant="default" size="compact-xs" rightSection={icon}>
          Channel
        </ButtonLink>
      )}
      {connection !== undefined && event.type !== 'connection.closed' && (
        <ButtonLink to="/apps/$appId/connections/view" params={{ appId }} search={{ id: connection }} variant="default" size="compact-xs" rightSection={icon}>
          Connection
        </ButtonLink>
      )}
      {isRefused && (
        <ButtonLink to="/apps/$appId/refusals" params={{ appId }} search={{ requestId: request }} variant="default" size="compact-xs" rightSection={icon}>
          Refusal
        </ButtonLink>
      )}
    </Group>
  );
}

import { Tabs } from '@mantine/core';
import type { Draft } from '@/live/draft';
import type { LiveEvent } from '@/live/event';
import { EventDetail } from '@/live/EventDetail';
import { PublishTester } from '@/live/PublishTester';
import type { Publication } from '@/live/snippets/publication';
import classes from './LivePage.module.css';

export type Shown = 'event' | 'publish';

export interface SideProps {
  readonly appId: string;
  readonly event: LiveEvent | undefined;
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
  readonly onAgain: (publication: Publication) => void;
  readonly shown: Shown;
}

/** Beside the list: the event that is chosen, or a message to publish. */
export default function Side(props: SideProps & { onShown: (shown: Shown) => void }) {
  const { appId, event, draft, onDraft, onAgain, shown, onShown } = props;
  return (
    <Tabs value={shown} onChange={(value) => onShown(value as Shown)}>
      <Tabs.List grow>
        <Tabs.Tab value="event">Event</Tabs.Tab>
        <Tabs.Tab value="publish">Publish</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="event" className={classes.side}>
        <EventDetail appId={appId} event={event} onAgain={onAgain} />
      </Tabs.Panel>
      <Tabs.Panel value="publish" className={classes.side}>
        <PublishTester appId={appId} draft={draft} onDraft={onDraft} />
      </Tabs.Panel>
    </Tabs>
  );
}

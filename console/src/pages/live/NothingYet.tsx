import { Button } from '@mantine/core';
import { Filter, Radio } from 'lucide-react';
import type { LiveView } from '@/live/live-log';
import { subscribeSnippets } from '@/live/snippets/event';
import { blocks } from '@/live/snippets/publication';
import { CodeBlock } from '@/parts/CodeBlock';
import { EmptyState } from '@/parts/EmptyState';
import { ButtonLink } from '@/parts/links';
import classes from './LivePage.module.css';

/** In the list's place while it is empty: nothing happens, or nothing that the filter lets through. */
export function NothingYet(props: { appId: string; view: LiveView; onAll: () => void }) {
  if (props.view.kept > 0) {
    return (
      <div className={classes.nothing}>
        <EmptyState icon={Filter} title="Nothing passes the filter" action={<Button variant="default" onClick={props.onAll}>Show all</Button>}>
          {props.view.kept} events are here and others may come, but none is as asked for.
        </EmptyState>
      </div>
    );
  }
  return (
    <div className={classes.nothing}>
      <EmptyState
        icon={Radio}
        title="Waiting for something to happen"
        action={
          <ButtonLink to="/apps/$appId/keys" params={{ appId: props.appId }} variant="default">
            Keys of this app
          </ButtonLink>
        }
      >
        Events appear here the moment they happen, and are told only while somebody looks. Publish something beside this, or connect a client:
        <div style={{ marginTop: 14 }}>
          <CodeBlock snippets={blocks(subscribeSnippets(location.origin, 'chat:room-7'))} />
        </div>
      </EmptyState>
    </div>
  );
}

import { Button, Text, TextInput } from '@mantine/core';
import type { Message, TidegateError } from '@tidegate/sdk';
import { Pause, Play, Rewind, Radio } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { whole } from '@/charts/format';
import { ofMessage } from '@/live/event';
import { LiveLog } from '@/live/live-log';
import { asRefusal, useConnectionState, useTidegate } from '@/live/use-tidegate';
import type { Publication } from '@/live/snippets/publication';
import { EmptyState } from '@/parts/EmptyState';
import { RefusalAlert } from '@/parts/RefusalAlert';
import classes from './ChannelPage.module.css';
import { MessageRow, type ShownMessage } from './MessageRow';

/** Of a page that people read: what is older is in the history. */
const KEPT = 500;
/** Drawn at once: the newest of them. */
const DRAWN = 100;

/** The channel as a subscriber sees it, from some messages back if that is wanted. */
export function LiveMessages(props: { appId: string; channel: string; onAgain: (publication: Publication) => void }) {
  const { appId, channel, onAgain } = props;
  const [rewind, setRewind] = useState(10);
  const [begun, setBegun] = useState({ rewind: 10, again: 0 });
  const client = useTidegate(appId);
  const state = useConnectionState(client);
  const [log] = useState(() => new LiveLog(KEPT));
  const view = useSyncExternalStore(log.subscribe, () => log.view);
  const [error, setError] = useState<TidegateError>();

  useEffect(() => {
    if (!client) return undefined;
    log.clear();
    setError(undefined);
    const subscription = client.channel(channel).subscribe((message: Message) => log.add(ofMessage(message)), {
      ...(begun.rewind > 0 && { rewind: begun.rewind }),
      onDiscontinuity: ({ missed }) => log.jumped(missed),
      onError: setError,
    });
    return () => {
      subscription.unsubscribe();
      log.close();
    };
  }, [client, channel, log, begun]);

  const messages = view.rows.slice(-DRAWN).reverse();
  return (
    <>
      <form
        className={classes.tools}
        onSubmit={(event) => {
          event.preventDefault();
          setBegun({ rewind, again: begun.again + 1 });
        }}
      >
        <TextInput
          type="number"
          size="xs"
          label="Begin so many messages back"
          w={190}
          min={0}
          max={1000}
          value={String(rewind)}
          onChange={(event) => setRewind(Math.min(1000, Math.max(0, Math.trunc(Number(event.currentTarget.value)) || 0)))}
        />
        <Button type="submit" size="xs" variant="default" leftSection={<Rewind size={14} aria-hidden />}>
          Begin anew
        </Button>
        <Button ml="auto" size="xs" variant="default" leftSection={view.paused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />} onClick={() => (view.paused ? log.resume() : log.pause())}>
          {view.paused ? `Go on${view.waiting > 0 ? ` (${whole(view.waiting)})` : ''}` : 'Pause'}
        </Button>
      </form>
      {error ? (
        <div style={{ padding: 18 }}>
          <RefusalAlert error={asRefusal(error)} />
        </div>
      ) : messages.length === 0 ? (
        <EmptyState icon={Radio} title={state === 'connected' ? 'Listening' : 'Connecting'}>
          Messages appear here as subscribers get them. Publish one beside this.
        </EmptyState>
      ) : (
        <div className={classes.scroll} tabIndex={0} role="region" aria-label="Messages, the newest first">
          {messages.map(({ data, timestamp, no }) => (
            <MessageRow key={no} channel={channel} message={{ ...(data as unknown as ShownMessage), timestamp }} onAgain={onAgain} />
          ))}
        </div>
      )}
      <div className={classes.foot}>
        <Text size="xs" c="dimmed" className="tg-num" role="status">
          {`${whole(view.received)} received${view.received > DRAWN ? `, the newest ${DRAWN} shown` : ''}${view.lost > 0 ? `, ${whole(view.lost)} not delivered` : ''}`}
        </Text>
      </div>
    </>
  );
}

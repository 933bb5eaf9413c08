import type { Message, Tidegate, TidegateError } from '@tidegate/sdk';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { ofLog, ofMessage } from './event';
import { LiveLog, type LiveView } from './live-log';

const LOG = '[meta]log';

/** What its window still has of the time just before: who comes back to the page finds what was there. */
const REWIND = 100;

/** The app's log as it goes, and messages of one channel that is watched beside it. */
export function useLiveLog(client: Tidegate | undefined, watched: string): { readonly log: LiveLog; readonly view: LiveView; readonly error: TidegateError | undefined } {
  const [log] = useState(() => new LiveLog());
  const [error, setError] = useState<TidegateError>();
  const view = useSyncExternalStore(log.subscribe, () => log.view);

  useEffect(() => {
    if (!client) return undefined;
    setError(undefined);
    const events = client.channel(LOG).subscribe((message) => log.add(ofLog(message)), {
      rewind: REWIND,
      onDiscontinuity: ({ missed }) => log.jumped(missed),
      onError: setError,
    });
    return () => {
      events.unsubscribe();
      log.close();
    };
  }, [client, log]);

  useEffect(() => {
    if (!client || watched === '') return undefined;
    const messages = client.channel(watched).subscribe((message: Message) => log.add(ofMessage(message)), {
      onDiscontinuity: ({ missed }) => log.jumped(missed),
      onError: setError,
    });
    return () => messages.unsubscribe();
  }, [client, log, watched]);

  return { log, view, error };
}

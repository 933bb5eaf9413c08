import type { Message, Tidegate, TidegateError } from '@tidegate/sdk';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { ofLog, ofMessage } from './event';
import { LiveLog, type LiveView } from './live-log';

const LOG = '[meta]log';

/** What its window still has of the time just before: who comes back to the page finds what was there. */
const REWIND = 100;

export interface Live {
  readonly log: LiveLog;
  readonly view: LiveView;
  /** Why the log is not told. */
  readonly logError: TidegateError | undefined;
  /** Why the messages of the watched channel are not. */
  readonly watchError: TidegateError | undefined;
}

/** The app's log as it goes, and messages of one channel that is watched beside it. */
export function useLiveLog(client: Tidegate | undefined, watched: string): Live {
  const [log] = useState(() => new LiveLog());
  const [logError, setLogError] = useState<TidegateError>();
  const [watchError, setWatchError] = useState<TidegateError>();
  const view = useSyncExternalStore(log.subscribe, () => log.view);

  useEffect(() => {
    if (!client) return undefined;
    setLogError(undefined);
    const events = client.channel(LOG).subscribe((message) => log.add(ofLog(message)), {
      rewind: REWIND,
      onDiscontinuity: ({ missed }) => log.jumped(missed),
      onError: setLogError,
    });
    return () => {
      events.unsubscribe();
      log.close();
    };
  }, [client, log]);

  useEffect(() => {
    setWatchError(undefined);
    if (!client || watched === '') return undefined;
    const messages = client.channel(watched).subscribe((message: Message) => log.add(ofMessage(message)), {
      onDiscontinuity: ({ missed }) => log.jumped(missed),
      onError: setWatchError,
    });
    return () => messages.unsubscribe();
  }, [client, log, watched]);

  return { log, view, logError, watchError };
}

import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Discontinuity, Message, OutgoingMessage, Payload, TidegateError } from '../index.js';
import type { ChannelMessage } from './messages.js';
import { useLatest, useStores } from './provider.js';

/** Enough for a screen and some scrolling, and little to render. */
const LIMIT = 200;
const PAGE = 50;

export interface UseChannelOptions<T> {
  /** Messages kept of those that arrive; 200 when absent. */
  readonly limit?: number;
  /** Begin so many messages, or so long (`2m`), back. */
  readonly rewind?: number | string;
  /** Called once for each message that arrives. */
  readonly onMessage?: (message: Message<T>) => void;
  /** Some messages are not coming: what is shown may lack them. */
  readonly onDiscontinuity?: (jump: Discontinuity) => void;
}

export interface ChannelView<T> {
  /** Oldest first, one per id; what is on its way stands last. */
  readonly messages: readonly ChannelMessage<T>[];
  /** Shows the message at once as `pending`; it becomes `confirmed` or `failed` under the same id. */
  publish(payload: Payload<T>): OutgoingMessage<T>;
  /** Brings a page of history (50 when no count is given) before the oldest message shown. */
  loadOlder(count?: number): Promise<void>;
  /** Whether {@link loadOlder} may bring more. */
  readonly hasOlder: boolean;
  readonly isLoading: boolean;
  /** Why the subscription or the last page was refused. */
  readonly error: TidegateError | undefined;
  /** The last jump since the component is there. */
  readonly discontinuity: Discontinuity | undefined;
}

/** Subscribes to a channel while the component is there. */
export function useChannel<T = unknown>(name: string, options: UseChannelOptions<T> = {}): ChannelView<T> {
  const stores = useStores();
  const { limit = LIMIT, rewind } = options;
  const store = useMemo(() => stores.channel<T>(name, { limit, rewind }), [stores, name, limit, rewind]);
  const onMessage = useLatest(options.onMessage);
  const onDiscontinuity = useLatest(options.onDiscontinuity);
  useEffect(() => {
    const watcher = { onMessage, onDiscontinuity };
    store.watchers.add(watcher);
    return () => void store.watchers.delete(watcher);
  }, [store, onMessage, onDiscontinuity]);
  const snapshot = useSyncExternalStore(store.listen, store.snapshot, store.snapshot);
  const publish = useCallback((payload: Payload<T>) => store.publish(payload), [store]);
  const loadOlder = useCallback((count = PAGE) => store.loadOlder(count), [store]);
  return { ...snapshot, publish, loadOlder };
}

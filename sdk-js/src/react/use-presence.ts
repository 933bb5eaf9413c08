import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { Member, TidegateError } from '../index.js';
import { useStores } from './provider.js';

export interface PresenceView<P> {
  /** Everybody who is there, this client too; one entry for each of a client's connections. */
  readonly members: readonly Member<P>[];
  /** Why this client could not enter. */
  readonly error: TidegateError | undefined;
}

/**
 * Who is in a channel. With `data` this client is a member itself, with that data, while the
 * component is there; without, it only looks.
 */
export function usePresence<P extends object = object>(name: string, data?: P): PresenceView<P> {
  const store = useStores().presence(name);
  const owner = useRef({}).current;
  const text = data && JSON.stringify(data);
  useEffect(() => {
    if (text !== undefined) {
      store.hold(owner, JSON.parse(text) as object);
    } else {
      store.release(owner);
    }
  }, [store, owner, text]);
  useEffect(() => () => store.release(owner), [store, owner]);
  return useSyncExternalStore(store.listen, store.snapshot, store.snapshot) as PresenceView<P>;
}

import { useCallback, useSyncExternalStore } from 'react';
import type { Cursor } from './cursors.js';
import { useStores } from './provider.js';

export type { Cursor } from './cursors.js';

/** 20 positions a second look smooth. */
const INTERVAL_MS = 50;

export interface UseCursorsOptions {
  /** Least time between two positions sent; 50 when absent. */
  readonly intervalMs?: number;
}

export interface CursorsView<C> {
  /** Of the others, this client's other tabs included. */
  readonly cursors: readonly Cursor<C>[];
  /** Sends this client's position: the newest one of each interval. `null` hides it. */
  move(position: C | null): void;
}

/**
 * Where the others point. Whoever uses it is a member of the channel, so that a cursor goes when its
 * client does. A namespace of class `none` suits it: positions are not worth keeping.
 */
export function useCursors<C = { x: number; y: number }>(name: string, options: UseCursorsOptions = {}): CursorsView<C> {
  const { intervalMs = INTERVAL_MS } = options;
  const stores = useStores();
  const store = stores.cursors(name, intervalMs);
  const cursors = useSyncExternalStore(store.listen, store.snapshot, store.snapshot);
  const move = useCallback((position: C | null) => store.move(position), [store]);
  return { cursors: cursors as readonly Cursor<C>[], move };
}

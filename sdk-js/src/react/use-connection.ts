import { useCallback, useSyncExternalStore } from 'react';
import { useStores } from './provider.js';
import type { ConnectionSnapshot } from './connection-store.js';

export interface ConnectionView extends ConnectionSnapshot {
  /** Asks for the connection now: after `closed` or `failed`, or to cut a wait short. */
  connect(): void;
}

/** The state of the client's connection, with why and when it tries again. */
export function useConnection(): ConnectionView {
  const { connection, client } = useStores();
  const snapshot = useSyncExternalStore(connection.listen, connection.snapshot, connection.snapshot);
  const connect = useCallback(() => void client.connection.connect(), [client]);
  return { ...snapshot, connect };
}

import type { Tidegate } from '../index.js';
import { CursorStore } from './cursors.js';
import { ChannelStore, type ChannelSettings } from './channel-store.js';
import { ConnectionStore } from './connection-store.js';
import { PresenceStore } from './presence-store.js';

/**
 * The stores of one client, each made when it is first asked for. They hold no connection and no
 * messages while nobody listens, so that there is nothing to bound here but names an application uses.
 */
export class Stores {
  readonly connection: ConnectionStore;
  readonly #channels = new Map<string, ChannelStore>();
  readonly #presences = new Map<string, PresenceStore>();
  readonly #cursors = new Map<string, CursorStore>();

  constructor(readonly client: Tidegate) {
    this.connection = new ConnectionStore(client);
  }

  /** Components that ask for the same channel with the same settings share one list. */
  channel<T>(name: string, settings: ChannelSettings): ChannelStore<T> {
    const key = JSON.stringify([name, settings.limit, settings.rewind]);
    const make = () => new ChannelStore<T>(this.client.channel<T>(name), settings) as ChannelStore;
    return shared(this.#channels, key, make) as unknown as ChannelStore<T>;
  }

  presence(name: string): PresenceStore {
    return shared(this.#presences, name, () => new PresenceStore(this.client.channel(name)));
  }

  cursors(name: string, intervalMs: number): CursorStore {
    const key = JSON.stringify([name, intervalMs]);
    return shared(this.#cursors, key, () => this.#newCursors(name, intervalMs));
  }

  #newCursors(name: string, intervalMs: number): CursorStore {
    return new CursorStore(this.client.connection, this.client.channel(name), this.presence(name), intervalMs);
  }
}

function shared<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) {
    return known;
  }
  const made = make();
  map.set(key, made);
  return made;
}

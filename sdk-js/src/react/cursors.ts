import type { Channel, Member, Message, PresenceEvent, Subscription, Tidegate } from '../index.js';
import type { PresenceStore } from './presence-store.js';
import { Store } from './store.js';

/** The name of the messages that carry positions: others may share the channel. */
const NAME = 'cursor';
/** More on one screen are a swarm that nobody follows: the others are not shown. */
const MOST_CURSORS = 1_000;

export interface Cursor<C = { x: number; y: number }> {
  /** Its connection, as a client may have several tabs; its client where it publishes over REST. */
  readonly id: string;
  readonly clientId: string | undefined;
  readonly position: C;
}

/**
 * Where the others point. Only the newest position of each counts, in both directions: one's own is sent
 * at most once per interval, theirs are shown at most once per frame.
 */
export class CursorStore extends Store<readonly Cursor<unknown>[]> {
  readonly #cursors = new Map<string, Cursor<unknown>>();
  #subscription: Subscription | undefined;
  #offPresence: (() => void) | undefined;
  #isDue = false;
  #sending: ReturnType<typeof setTimeout> | undefined;
  /** Newer than what was sent; undefined: nothing is. */
  #next: { position: unknown } | undefined;

  constructor(
    private readonly own: Pick<Tidegate['connection'], 'id' | 'clientId'>,
    private readonly channel: Channel,
    private readonly presence: PresenceStore,
    private readonly intervalMs: number,
  ) {
    super([]);
  }

  /** Sends this client's position, null to hide it: now, or when the interval since the last one is over. */
  move(position: unknown): void {
    this.#next = { position };
    this.#sending ??= setTimeout(() => this.#tick());
  }

  #tick(): void {
    const next = this.#next;
    this.#next = undefined;
    this.#sending = next && setTimeout(() => this.#tick(), this.intervalMs);
    if (next) {
      this.channel.publish({ name: NAME, data: next.position });
    }
  }

  protected start(): void {
    this.#subscription = this.channel.subscribe((message) => this.#received(message));
    // Refused: whoever shows the channel's state says so (useChannel, usePresence).
    this.#subscription.ready.catch(() => undefined);
    const off = this.presence.listen(() => undefined);
    const watcher = (members: readonly Member[], { action }: PresenceEvent) => {
      if (action === 'leave' || action === 'sync') {
        const here = new Set(members.flatMap(({ connectionId, clientId }) => [connectionId, clientId]));
        [...this.#cursors.keys()].filter((id) => !here.has(id)).forEach((id) => this.#cursors.delete(id));
        this.#show();
      }
    };
    this.presence.watchers.add(watcher);
    this.presence.hold(this, {});
    this.#offPresence = () => {
      this.presence.watchers.delete(watcher);
      this.presence.release(this);
      off();
    };
  }

  protected stop(): void {
    clearTimeout(this.#sending);
    this.#sending = undefined;
    this.#next = undefined;
    this.#subscription?.unsubscribe();
    this.#offPresence?.();
    this.#cursors.clear();
    this.set([]);
  }

  #received({ name, clientId, connectionId, data }: Message): void {
    const id = connectionId ?? clientId;
    const isOwn = connectionId === undefined ? clientId === this.own.clientId : connectionId === this.own.id;
    if (name !== NAME || id === undefined || isOwn) {
      return;
    }
    if (data === null) {
      this.#cursors.delete(id);
    } else if (this.#cursors.size < MOST_CURSORS || this.#cursors.has(id)) {
      this.#cursors.set(id, { id, clientId, position: data });
    }
    this.#show();
  }

  #show(): void {
    if (!this.#isDue) {
      this.#isDue = true;
      frame(() => {
        this.#isDue = false;
        this.set([...this.#cursors.values()]);
      });
    }
  }
}

/** A page that is not shown has no frames, and nothing to show. */
function frame(callback: () => void): void {
  if (typeof requestAnimationFrame === 'function') {
    requestAnimationFrame(callback);
  } else {
    setTimeout(callback, 16);
  }
}

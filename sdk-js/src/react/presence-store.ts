import type { Channel, Member, PresenceEvent, TidegateError } from '../index.js';
import { Store } from './store.js';

export interface PresenceSnapshot {
  readonly members: readonly Member[];
  readonly error: TidegateError | undefined;
}

type Watcher = (members: readonly Member[], event: PresenceEvent) => void;

/**
 * Who is in one channel, and this client's own part in it: a member while some component holds it
 * there, with the data of all of them together.
 */
export class PresenceStore extends Store<PresenceSnapshot> {
  readonly watchers = new Set<Watcher>();
  readonly #parts = new Map<object, object>();
  #entered = false;
  #planned = false;
  #sent = '';
  #off: (() => void) | undefined;

  constructor(private readonly channel: Channel) {
    super({ members: [], error: undefined });
  }

  /** Makes this client a member with this data beside that of other owners. */
  hold(owner: object, data: object): void {
    this.#parts.set(owner, data);
    this.#plan();
  }

  /** The client leaves when nobody holds it. */
  release(owner: object): void {
    if (this.#parts.delete(owner)) {
      this.#plan();
    }
  }

  /** Of all changes of one turn only what they came to is sent: StrictMode's unmount and mount are none. */
  #plan(): void {
    if (!this.#planned) {
      this.#planned = true;
      setTimeout(() => {
        this.#planned = false;
        this.#send();
      });
    }
  }

  #send(): void {
    const { presence } = this.channel;
    if (this.#parts.size === 0) {
      if (this.#entered) {
        this.#entered = false;
        this.#watch(presence.leave());
      }
      return;
    }
    const data = Object.assign({}, ...this.#parts.values()) as object;
    const text = JSON.stringify(data);
    if (!this.#entered) {
      this.#entered = true;
      this.#watch(presence.enter(data));
    } else if (text !== this.#sent) {
      this.#watch(presence.update(data));
    }
    this.#sent = text;
  }

  #watch(answer: Promise<unknown>): void {
    answer.then(
      () => this.snapshot().error && this.set({ ...this.snapshot(), error: undefined }),
      (error: TidegateError) => this.set({ ...this.snapshot(), error }),
    );
  }

  protected start(): void {
    this.#off = this.channel.presence.subscribe((members, event) => {
      this.set({ ...this.snapshot(), members });
      this.watchers.forEach((watcher) => watcher(members, event));
    });
  }

  protected stop(): void {
    this.#off?.();
    this.set({ members: [], error: undefined });
  }
}

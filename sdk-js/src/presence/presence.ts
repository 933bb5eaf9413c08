import type { Codec } from '../codec.js';
import type { Live } from '../live/live.js';
import { optional } from '../promises.js';
import type { Member, PresenceEvent } from '../types.js';

/** Who is in a channel, and being there oneself. What was entered is entered again after a reconnect that came too late. */
export class Presence<P = unknown> {
  readonly #channel: string;
  readonly #live: Live;
  readonly #codec: Codec;

  /** @internal */
  constructor(channel: string, live: Live, codec: Codec) {
    this.#channel = channel;
    this.#live = live;
    this.#codec = codec;
  }

  /** Becomes a member, or gives it other data. Resolves once every node can know; the connection has to have a clientId. */
  enter(data?: P): Promise<void> {
    this.#live.connection.connect();
    return optional(this.#live.rooms.of(this.#channel).enter(data));
  }

  /** Other data of a member. */
  update(data: P): Promise<void> {
    this.#live.connection.connect();
    return optional(this.#live.rooms.of(this.#channel).update(data));
  }

  /** Without a connection one is nowhere: that is no reason to open one. */
  leave(): Promise<void> {
    return optional(this.#live.rooms.of(this.#channel).leave());
  }

  /** As far as it is known here: kept up to date while somebody subscribes. */
  members(): readonly Member<P>[] {
    // The shape of a member's data is what the program says of its own channel.
    return (this.#live.rooms.known(this.#channel)?.members.all ?? []) as readonly Member<P>[];
  }

  /** Of all members where the namespace tells no more than that. */
  get occupancy(): number | undefined {
    return this.#live.rooms.known(this.#channel)?.members.count;
  }

  /** Told once when the set is known (`sync`), then of every change. @returns ends it */
  subscribe(listener: (members: readonly Member<P>[], event: PresenceEvent<P>) => void): () => void {
    return this.#live.watch(this.#channel, this.#codec, listener);
  }
}

import type { Codec } from '../codec.js';
import { Emitter } from '../connection/emitter.js';
import { fullJitter } from '../connection/backoff.js';
import { TidegateError, asTidegateError } from '../errors.js';
import type { PresenceFrame } from '../frames.js';
import type { Live } from '../live/live.js';
import type { Member, PresenceEvent } from '../types.js';
import { Members } from './members.js';

/** Who is in a channel, and being there oneself. What was entered is entered again after a reconnect that came too late. */
export class Presence<P = unknown> {
  private readonly set = new Members<P>();
  private readonly changes = new Emitter<readonly [readonly Member<P>[], PresenceEvent<P>]>();
  private entered: { readonly data: P | undefined } | undefined;

  /** @internal */
  constructor(
    private readonly channel: string,
    private readonly live: Live,
    private readonly codec: Codec,
  ) {}

  /** Becomes a member, or gives it other data. Resolves once every node can know; the connection has to have a clientId. */
  async enter(data?: P): Promise<void> {
    this.entered = { data };
    this.live.present(this.channel, this);
    await this.act('enter', data);
  }

  /** Other data of a member. */
  async update(data: P): Promise<void> {
    if (this.entered) this.entered = { data };
    await this.act('update', data);
  }

  async leave(): Promise<void> {
    this.entered = undefined;
    this.live.absent(this.channel);
    await this.act('leave');
  }

  /** As far as it is known here: kept up to date while somebody subscribes. */
  members(): readonly Member<P>[] {
    return this.set.all;
  }

  /** Of all members where the namespace tells no more than that. */
  get occupancy(): number | undefined {
    return this.set.count;
  }

  /** Told once when the set is known (`sync`), then of every change. @returns ends it */
  subscribe(listener: (members: readonly Member<P>[], event: PresenceEvent<P>) => void): () => void {
    const stop = this.changes.on(([members, event]) => listener(members, event));
    if (this.changes.size === 1) this.live.watch(this.channel, (frame) => this.heard(frame), this.codec);
    return () => {
      stop();
      if (this.changes.size === 0) this.live.watch(this.channel, undefined);
    };
  }

  /** @internal A connection is there: `still` says whether it is a member yet. */
  opened(still: boolean): void {
    this.set.restart();
    if (this.entered && !still) void this.again(this.entered, 0);
  }

  private heard(frame: PresenceFrame): void {
    for (const event of this.set.apply(frame)) this.changes.emit([this.set.all, event]);
  }

  private async again(entered: { readonly data: P | undefined }, attempt: number): Promise<void> {
    try {
      await this.live.presence(this.channel, 'enter', entered.data);
    } catch (thrown) {
      const error = asTidegateError(thrown);
      if (!error.retryable || error.status === 0) return;
      setTimeout(() => this.entered === entered && void this.again(entered, attempt + 1), error.retryAfter ?? fullJitter(attempt, Math.random()));
    }
  }

  private async act(action: 'enter' | 'update' | 'leave', data?: P): Promise<void> {
    try {
      await this.live.presence(this.channel, action, data);
    } catch (thrown) {
      if (action === 'enter' && thrown instanceof TidegateError && !thrown.retryable) this.entered = undefined;
      throw thrown;
    }
  }
}

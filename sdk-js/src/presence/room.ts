import { Emitter, guarded } from '../connection/emitter.js';
import { pauseAfter } from '../connection/backoff.js';
import { asTidegateError, type TidegateError } from '../errors.js';
import type { PresenceFrame } from '../frames.js';
import { optional } from '../promises.js';
import type { Member, PresenceEvent } from '../types.js';
import { Members } from './members.js';

type Listener = (members: readonly Member<never>[], event: PresenceEvent<never>) => void;

/** What a client does in a channel's presence. */
export type Act = (action: 'enter' | 'update' | 'leave', data?: unknown) => Promise<void>;

/** One channel's presence as this client has it: who is there, who listens to that, and whether it is to be there itself. */
export class Room {
  readonly #act: Act;
  #members = new Members();
  readonly #listeners = new Emitter<PresenceEvent>();
  #isTold = false;
  /** Why there is nothing to be done here any more. */
  #over: TidegateError | undefined;
  /** What it has entered with; undefined: it is not to be there. */
  #entered: { data: unknown } | undefined;

  constructor(act: Act) {
    this.#act = act;
  }

  get members(): Members {
    return this.#members;
  }

  get isHeard(): boolean {
    return this.#listeners.size > 0;
  }

  /** Whether nobody here has to do with it. */
  get isIdle(): boolean {
    return !this.#isTold && !this.isHeard && this.#entered === undefined;
  }

  /** Told `sync` once the set is known, then every change. @returns ends it */
  on(listener: Listener): () => void {
    const tell = (event: PresenceEvent): void => (listener as (members: readonly Member[], event: PresenceEvent) => void)(this.#members.all, event);
    const stop = this.#listeners.on(tell);
    let isOver = false;
    // For the others of this client it is known already.
    if (this.#members.isKnown) queueMicrotask(() => isOver || guarded(() => tell({ action: 'sync' })));
    return () => {
      isOver = true;
      stop();
    };
  }

  heard(frame: PresenceFrame): void {
    for (const event of this.#members.apply(frame)) this.#listeners.emit(event);
  }

  /** @throws TidegateError when it cannot be there; what passes is waited for */
  async enter(data: unknown): Promise<void> {
    const entered = { data };
    this.#entered = entered;
    try {
      await this.#stay(entered);
    } catch (thrown) {
      if (this.#entered === entered) this.#entered = undefined;
      throw thrown;
    }
  }

  async update(data: unknown): Promise<void> {
    if (this.#entered) this.#entered.data = data;
    await this.#act('update', data);
  }

  async leave(): Promise<void> {
    this.#entered = undefined;
    await this.#act('leave');
  }

  /** The gateway has put it out, though it is to be there: it enters again. */
  lost(): void {
    if (this.#entered) void optional(this.#stay(this.#entered));
  }

  /** Nobody is to be here any more. */
  end(error: TidegateError): void {
    this.#over = error;
    this.#entered = undefined;
  }

  /** @param isTold whether the wire tells the set from here on: anew, beginning with a page of it */
  told(isTold: boolean): void {
    this.#isTold = isTold;
    if (isTold) this.#members.restart();
    else this.#members = new Members();
  }

  /** Enters, as often as it takes, until something else is wanted. */
  async #stay(entered: { readonly data: unknown }): Promise<void> {
    for (let attempt = 0; this.#entered === entered; attempt++) {
      try {
        return await this.#act('enter', entered.data);
      } catch (thrown) {
        const error = asTidegateError(thrown);
        if (!error.retryable) throw error;
        await new Promise((later) => setTimeout(later, pauseAfter(error, attempt)));
      }
    }
    if (this.#over) throw this.#over;
  }
}

import type { Credentials } from '../auth/credentials.js';
import { LocalCode, TidegateError } from '../errors.js';
import type { AnswerFrame, ClientFrame, ConnectedFrame, ServerFrame } from '../frames.js';
import type { Followed, Line } from '../transport/line.js';
import type { ConnectionState, ConnectionStateChange, TransportName } from '../types.js';
import type { Down } from './backoff.js';
import type { Dialer } from './dialer.js';
import { Emitter } from './emitter.js';
import type { Fallback } from './fallback.js';
import { Link } from './link.js';
import { INITIAL, next, type Input, type Machine } from './machine.js';
import { Renewal } from './renewal.js';
import { onWake } from './wake.js';

/** What hears of the line beneath. */
export interface Live {
  /** What a stream is to carry from its beginning. */
  followed(): readonly Followed[];
  opened(line: Line, connected: ConnectedFrame): void;
  frame(frame: ServerFrame): void;
  down(): void;
  /** It will not come back by itself. */
  ended(error: TidegateError): void;
}

/** The connection to the gateway: opened by the first subscription or `connect()`, held until `close()`. */
export class Connection {
  readonly #dialer: Dialer;
  readonly #fallback: Fallback;
  readonly #credentials: Credentials;
  readonly #live: Live;
  readonly #renewal: Renewal;
  readonly #changes = new Emitter<ConnectionStateChange>();
  #machine: Machine = INITIAL;
  /** Open or opening; undefined: between two attempts, or there is to be none. */
  #link: Link | undefined;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #asleep: (() => void) | undefined;
  /** What the gateway last said of it; undefined: it has not begun. */
  #connected: ConnectedFrame | undefined;
  #lastError: TidegateError | undefined;

  /** @internal */
  constructor(dialer: Dialer, fallback: Fallback, credentials: Credentials, live: Live) {
    this.#dialer = dialer;
    this.#fallback = fallback;
    this.#credentials = credentials;
    this.#live = live;
    this.#renewal = new Renewal(credentials, (token) => this.#reauthenticate(token));
  }

  get state(): ConnectionState {
    return this.#machine.state;
  }

  /** The connectionId while connected, for `exclude`. */
  get id(): string | undefined {
    return this.state === 'connected' ? this.#connected?.connectionId || undefined : undefined;
  }

  /** Who the gateway says this is; undefined when anonymous or not known yet. */
  get clientId(): string | undefined {
    return this.#connected?.clientId ?? undefined;
  }

  get transport(): TransportName | undefined {
    return this.state === 'connected' ? this.#link?.transport : undefined;
  }

  /** @internal Whether it is there or will be. */
  get isWanted(): boolean {
    return !['initialized', 'closed', 'failed'].includes(this.state);
  }

  /** @returns ends it */
  on(listener: (change: ConnectionStateChange) => void): () => void {
    return this.#changes.on(listener);
  }

  /** Now, also while it waits to be tried again, or after `close()`. */
  connect(): void {
    this.#asleep ??= onWake(() => this.#wake());
    this.#step({ type: 'connect', at: Date.now() });
  }

  /** For good, until `connect()`. Presence is left at once. */
  close(): void {
    this.#lastError = new TidegateError(LocalCode.closed, 'the connection was closed');
    this.#step({ type: 'close' });
  }

  /** @internal Over the line as it is; undefined when it has no way up. */
  ask(frame: ClientFrame): Promise<AnswerFrame> | undefined {
    return this.state === 'connected' ? this.#link?.ask(frame) : undefined;
  }

  /** The device may have slept, or the network be another. */
  #wake(): void {
    this.#fallback.restart();
    this.#link?.check();
    this.#step({ type: 'due', at: Date.now() });
  }

  #step(input: Input): void {
    const previous = this.#machine.state;
    const [machine, effect] = next(this.#machine, input);
    this.#machine = machine;
    if (effect.type !== 'none') clearTimeout(this.#waiting);
    if (effect.type === 'open') this.#open();
    if (effect.type === 'wait') this.#waiting = setTimeout(() => this.#step({ type: 'due', at: Date.now() }), effect.ms);
    if (effect.type === 'end') this.#end();
    if (machine.state !== previous) {
      const error = machine.state === 'connected' || machine.state === 'connecting' ? undefined : this.#lastError;
      this.#changes.emit({ previous, current: machine.state, ...(error && { error }), ...(effect.type === 'wait' && { retryInMs: effect.ms }) });
    }
  }

  #open(): void {
    const attempt = {
      transport: this.#fallback.current,
      followed: this.#live.followed(),
      patienceMs: this.#fallback.patience(this.#dialer.timeoutMs),
      resume: this.#connected?.connectionKey,
    };
    this.#link = new Link(this.#dialer, attempt, {
      connected: (frame, line) => this.#opened(frame, line),
      frame: (frame) => {
        if (frame.type === 'expiring') this.#renewal.now();
        this.#live.frame(frame);
      },
      down: (down, reached) => this.#fell(down, reached),
    });
  }

  #opened(frame: ConnectedFrame, line: Line): void {
    // A poll does not say who it is.
    this.#connected = { ...frame, clientId: frame.clientId ?? (line.transport === 'poll' ? (this.#connected?.clientId ?? null) : null) };
    if (this.state === 'connected') return;
    this.#fallback.opened();
    this.#renewal.start();
    this.#step({ type: 'opened', at: Date.now() });
    this.#live.opened(line, frame);
  }

  #fell(down: Down, reached: boolean): void {
    const wasOpen = this.state === 'connected';
    this.#lastError = down.error ?? new TidegateError(LocalCode.noAnswer, `the connection was lost${down.closeCode === undefined ? '' : ` (${down.closeCode})`}`);
    this.#drop();
    if (wasOpen) {
      this.#fallback.restart();
      this.#live.down();
    } else if (!reached && this.#fallback.failed()) return this.#open();
    // A token that is issued later may be accepted.
    if (this.#lastError.status === 401) this.#credentials.forget();
    this.#step({ type: 'down', at: Date.now(), down, random: Math.random() });
    if (this.state === 'failed') this.#live.ended(this.#lastError);
  }

  /** The line is of no use any more. */
  #drop(why?: TidegateError): void {
    this.#link?.close(why);
    this.#link = undefined;
    this.#renewal.stop();
  }

  #end(): void {
    this.#drop(this.#lastError);
    this.#asleep?.();
    this.#asleep = undefined;
    this.#connected = undefined;
    if (this.state === 'closed') this.#live.ended(this.#lastError!);
  }

  async #reauthenticate(token: string): Promise<void> {
    const reply = this.ask({ type: 'auth', token });
    if (reply) await reply;
    // A stream opens anew with the fresh token, from where it is.
    else if (this.state === 'connected') this.#fell({ error: new TidegateError(40142, 'the token is about to expire'), afterMs: 0 }, true);
  }
}

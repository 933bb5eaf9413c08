import type { Credentials } from '../auth/credentials.js';
import { LocalCode, TidegateError, asTidegateError } from '../errors.js';
import type { ClientFrame, ConnectedFrame, ReplyFrame, ServerFrame } from '../frames.js';
import type { Followed, Line } from '../transport/line.js';
import type { ConnectionState, ConnectionStateChange, TransportName } from '../types.js';
import type { Down } from './backoff.js';
import { Emitter } from './emitter.js';
import type { Fallback } from './fallback.js';
import { Heartbeat } from './heartbeat.js';
import { INITIAL, next, type Input, type Machine } from './machine.js';
import { Requests } from './requests.js';
import { Renewal } from './renewal.js';
import type { Dialer } from './dialer.js';
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
  private machine: Machine = INITIAL;
  private readonly changes = new Emitter<ConnectionStateChange>();
  private readonly requests = new Requests();
  private readonly renewal: Renewal;
  private line: Line | undefined;
  /** Of the line in use: what an older one says late is not heard. */
  private turn = 0;
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private timeout: ReturnType<typeof setTimeout> | undefined;
  private heartbeat: Heartbeat | undefined;
  private asleep: (() => void) | undefined;
  private connected: ConnectedFrame | undefined;
  private lastError: TidegateError | undefined;

  /** @internal */
  constructor(
    private readonly dialer: Dialer,
    private readonly fallback: Fallback,
    credentials: Credentials,
    private readonly live: Live,
  ) {
    this.renewal = new Renewal(credentials, (token) => this.reauthenticate(token));
  }

  get state(): ConnectionState {
    return this.machine.state;
  }

  /** The connectionId while connected, for `exclude`. */
  get id(): string | undefined {
    return this.state === 'connected' ? this.connected?.connectionId || undefined : undefined;
  }

  /** Who the gateway says this is; undefined when anonymous or not known yet. */
  get clientId(): string | undefined {
    return this.connected?.clientId ?? undefined;
  }

  get transport(): TransportName | undefined {
    return this.state === 'connected' ? this.line?.transport : undefined;
  }

  /** @returns ends it */
  on(listener: (change: ConnectionStateChange) => void): () => void {
    return this.changes.on(listener);
  }

  /** Now, also while it waits to be tried again, or after `close()`. */
  connect(): void {
    this.asleep ??= onWake(() => this.wake());
    this.step({ type: 'connect', at: Date.now() });
  }

  /** For good, until `connect()`. Presence is left at once. */
  close(): void {
    this.lastError = new TidegateError(LocalCode.closed, 'the connection was closed');
    this.step({ type: 'close' });
  }

  /** @internal Over the line as it is; undefined when it has no way up. */
  ask(frame: ClientFrame): Promise<ReplyFrame> | undefined {
    const line = this.line;
    if (this.state !== 'connected' || !line?.send) return undefined;
    return this.requests.ask((id) => line.send!({ ...frame, id }));
  }

  /** The device may have slept, or the network be another. */
  private wake(): void {
    this.fallback.restart();
    this.heartbeat?.check();
    this.step({ type: 'due', at: Date.now() });
  }

  private step(input: Input): void {
    const previous = this.machine.state;
    const [machine, effect] = next(this.machine, input);
    this.machine = machine;
    if (effect.type !== 'none') clearTimeout(this.waiting);
    if (effect.type === 'open') void this.open();
    if (effect.type === 'wait') {
      this.waiting = setTimeout(() => this.step({ type: 'due', at: Date.now() }), effect.ms);
    }
    if (effect.type === 'end') this.end();
    if (machine.state !== previous) {
      const error = machine.state === 'connected' || machine.state === 'connecting' ? undefined : this.lastError;
      this.changes.emit({ previous, current: machine.state, ...(error && { error }), ...(effect.type === 'wait' && { retryInMs: effect.ms }) });
    }
  }

  private async open(): Promise<void> {
    const turn = ++this.turn;
    const patience = this.fallback.patience(this.dialer.timeoutMs);
    let spoke = false;
    const down = (why: Down): void => this.fell(turn, spoke, why);
    this.timeout = setTimeout(() => down({ error: new TidegateError(LocalCode.timeout, `no connection within ${patience} ms`) }), patience);
    try {
      const line = await this.dialer.dial(this.fallback.current, this.live.followed(), patience, this.connected?.connectionKey, {
        frame: (frame) => {
          if (this.turn !== turn) return;
          spoke = true;
          if (frame.type === 'connected') clearTimeout(this.timeout);
          this.heard(frame);
        },
        down,
      });
      if (this.turn === turn) this.line = line;
      else line.close();
    } catch (thrown) {
      // A token that could not be had is no fault of the transport.
      spoke = true;
      down({ error: asTidegateError(thrown) });
    }
  }

  private heard(frame: ServerFrame): void {
    this.heartbeat?.heard();
    if (frame.type === 'connected') return this.opened(frame);
    if ((frame.type === 'reply' || frame.type === 'error') && this.requests.answered(frame)) return;
    if (frame.type === 'expiring') this.renewal.now();
    this.live.frame(frame);
  }

  private opened(frame: ConnectedFrame): void {
    const line = this.line!;
    // A stream that changes its channels says it again; a poll does not say who it is.
    this.connected = { ...frame, ...(frame.clientId === null && this.connected?.clientId != null && line.transport === 'poll' && { clientId: this.connected.clientId }) };
    if (this.state === 'connected') return;
    this.fallback.opened();
    if (line.send) this.heartbeat = new Heartbeat(frame.pingIntervalMs, { ping: () => line.send!({ type: 'ping' }), silent: () => this.fell(this.turn, true, { error: new TidegateError(40802, 'nothing was heard') }) });
    this.renewal.start();
    this.step({ type: 'opened', at: Date.now() });
    this.live.opened(line, frame);
  }

  private fell(turn: number, spoke: boolean, down: Down): void {
    if (this.turn !== turn) return;
    const wasOpen = this.state === 'connected';
    this.lastError = down.error ?? new TidegateError(LocalCode.noAnswer, `the connection was lost${down.closeCode === undefined ? '' : ` (${down.closeCode})`}`);
    this.drop();
    const reached = spoke || (down.closeCode ?? 0) >= 4000 || (this.lastError.status > 0 && this.lastError.status !== 408);
    if (wasOpen) {
      this.fallback.restart();
      this.live.down();
    } else if (!reached && this.fallback.failed()) return void this.open();
    this.renewal.refused(this.lastError);
    this.step({ type: 'down', at: Date.now(), down, random: Math.random() });
    if (this.state === 'failed') this.live.ended(this.lastError);
  }

  /** The line is of no use any more. */
  private drop(): void {
    this.turn++;
    clearTimeout(this.timeout);
    this.line?.close();
    this.line = undefined;
    this.heartbeat?.stop();
    this.heartbeat = undefined;
    this.renewal.stop();
    this.requests.lost();
  }

  private end(): void {
    this.drop();
    this.asleep?.();
    this.asleep = undefined;
    this.connected = undefined;
    if (this.state === 'closed') this.live.ended(this.lastError!);
  }

  private async reauthenticate(token: string): Promise<void> {
    const reply = this.ask({ type: 'auth', token });
    if (reply) await reply;
    // A stream opens anew with the fresh token, from where it is.
    else if (this.state === 'connected') this.fell(this.turn, true, { error: new TidegateError(40142, 'the token is about to expire'), afterMs: 0 });
  }
}

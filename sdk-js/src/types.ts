import type { TidegateError } from './errors.js';

/** Where a subscription stands in its channel. Opaque but for `seq`, which rises without holes. */
export interface Position {
  readonly epoch: string;
  readonly seq: number;
}

/** A message as it was published, and where it stands. */
export interface Message<T = unknown> {
  readonly id: string;
  readonly channel: string;
  readonly seq: number;
  readonly epoch: string;
  readonly name?: string;
  /** As published: bytes are a `Uint8Array`. */
  readonly data: T;
  /** `base64` when the data was bytes. */
  readonly encoding?: string;
  readonly clientId?: string;
  readonly connectionId?: string;
  /** Milliseconds since 1970, by the gateway's clock. */
  readonly timestamp: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is published. */
export interface Payload<T = unknown> {
  /** Any JSON value, or bytes as a `Uint8Array`. */
  readonly data: T;
  readonly name?: string;
  /** Unique in its channel; made here when absent. The same id is stored once, however often it is sent. */
  readonly id?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** On whose behalf, for backends. */
  readonly clientId?: string;
  /** A connectionId that is not to get it. */
  readonly exclude?: string;
}

export type OutgoingState = 'pending' | 'confirmed' | 'failed';

/** A message of one's own, there at once; a subscription later delivers it under the same id. */
export interface OutgoingMessage<T = unknown> {
  readonly id: string;
  readonly channel: string;
  readonly name?: string;
  readonly data: T;
  readonly clientId?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds since 1970, by this device's clock, when it was published. */
  readonly timestamp: number;
  readonly state: OutgoingState;
  /** The same as `state`. */
  readonly status: OutgoingState;
  /** Once confirmed. */
  readonly seq?: number;
  readonly epoch?: string;
  /** Once failed. */
  readonly error?: TidegateError;
  /** Its position once the gateway has it; rejects with a {@link TidegateError}. Nobody has to wait for it. */
  readonly confirmed: Promise<Position>;
}

/** A jump: messages between `from` and `to` are not coming. What is still kept can be read from history. */
export interface Discontinuity {
  readonly channel: string;
  readonly reason: 'retention' | 'epoch' | 'ahead' | 'rules' | 'deleted' | 'slow' | 'loss';
  readonly from?: Position;
  readonly to: Position;
  /** How many messages, where that is known. */
  readonly missed?: number;
}

export interface SubscribeOptions {
  /** Begin so many messages, or so long (`30s`, `2m`, `1h`), back. */
  readonly rewind?: number | string;
  /** Begin behind this position. Not with `rewind`. */
  readonly since?: Position;
  readonly onDiscontinuity?: (jump: Discontinuity) => void;
  /** The subscription was refused, or ended by another than the program itself; or one message could not be decrypted (code 80002; others go on). */
  readonly onError?: (error: TidegateError) => void;
}

/** One listener's part of a channel; also an async iterator over what it receives. */
export interface Subscription<T = unknown> extends AsyncIterable<Message<T>> {
  readonly channel: string;
  /** Resolves when the gateway has it, rejects when it is refused. */
  readonly ready: Promise<void>;
  /** Of the last message delivered, for `since` of a later subscription. */
  readonly position: Position | undefined;
  /** Ends it, and its iterators; `close()` of the client does so, too. */
  unsubscribe(): void;
}

export interface Member<P = unknown> {
  readonly clientId: string;
  readonly connectionId: string;
  readonly data?: P;
}

/** A change of who is present; `sync` when the set as a whole became known. */
export interface PresenceEvent<P = unknown> {
  readonly action: 'enter' | 'update' | 'leave' | 'sync' | 'occupancy';
  readonly member?: Member<P>;
  /** How many are present, where the namespace tells only that. */
  readonly count?: number;
}

export type ConnectionState = 'initialized' | 'connecting' | 'connected' | 'disconnected' | 'suspended' | 'closed' | 'failed';

export interface ConnectionStateChange {
  readonly previous: ConnectionState;
  readonly current: ConnectionState;
  /** Why. */
  readonly error?: TidegateError;
  /** When the next attempt is made, for `disconnected` and `suspended`. */
  readonly retryInMs?: number;
}

export type TransportName = 'websocket' | 'sse' | 'poll';

export interface HistoryQuery {
  /** Messages in a page, at most; 100 when absent. */
  readonly limit?: number;
  /** `backward` (the default) is newest first. */
  readonly direction?: 'backward' | 'forward';
  /** A seq, included. */
  readonly from?: number;
  /** Oldest and newest timestamp in milliseconds, included. */
  readonly start?: number;
  readonly end?: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** The page behind it, when there is one. */
  readonly next?: () => Promise<Page<T>>;
}

/** `await` gives the first page, `for await` every item. */
export interface Paged<T> extends PromiseLike<Page<T>>, AsyncIterable<T> {}

/** What of a WebSocket class is used: that of browsers, of Node >= 22 and of the package `ws`. */
export interface WebSocketLike {
  send(text: string): void;
  close(code?: number, reason?: string): void;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
}

export interface TidegateOptions {
  /** Where the gateway is: `https://gate.example.com`. */
  readonly url: string;
  /** For clients: gives a token, each time a fresh one is needed. Errors are tried again. */
  readonly token?: (() => Promise<string> | string) | undefined;
  /** For backends, never in a page: `appId.keyId:secret`. */
  readonly key?: string | undefined;
  /** With a key: who this client is, for presence. */
  readonly clientId?: string | undefined;
  /** Whether own messages come back; true when absent. */
  readonly echo?: boolean | undefined;
  /** Tried in this order; `['websocket', 'sse', 'poll']` when absent. */
  readonly transports?: readonly TransportName[] | undefined;
  /** Where the platform has none (Node 20): `import { WebSocket } from 'ws'`. */
  readonly WebSocket?: (new (url: string) => WebSocketLike) | undefined;
  readonly fetch?: typeof fetch | undefined;
  /** Messages that may wait to be sent, 1,000 when absent: more fail at once with code 80001. */
  readonly queueLimit?: number | undefined;
  /** How long one attempt to connect, or one request, may take; 10,000 when absent. */
  readonly timeoutMs?: number | undefined;
}

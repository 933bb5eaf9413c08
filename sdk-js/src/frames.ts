import type { Discontinuity, Member, Position } from './types.js';

/** Frames as in openapi/asyncapi.yaml; what a client does not know it ignores. */
export type ServerFrame =
  | ConnectedFrame
  | SubscribedFrame
  | MessageFrame
  | DiscontinuityFrame
  | PresenceFrame
  | ErrorFrame
  | ReplyFrame
  | SkippedFrame
  | { readonly type: 'unsubscribed'; readonly channel: string; readonly code: number; readonly message: string }
  | { readonly type: 'present'; readonly channels: readonly string[]; readonly more?: true }
  | { readonly type: 'expiring'; readonly inMs: number }
  | { readonly type: 'reconnect'; readonly afterMs: number }
  | { readonly type: 'pong' };

export interface ConnectedFrame {
  readonly type: 'connected';
  readonly connectionId: string;
  readonly connectionKey?: string;
  readonly resumed: boolean;
  readonly clientId: string | null;
  readonly pingIntervalMs: number;
}

export interface SubscribedFrame extends Position {
  readonly type: 'subscribed';
  readonly id?: string;
  readonly channel: string;
  readonly resumed: boolean;
  readonly reason?: 'retention' | 'epoch' | 'ahead';
  readonly conflated?: boolean;
  /** Set here: a stream begins at its rewind already. */
  readonly rewound?: boolean;
}

/** A message as the wire has it, in a frame or a page of history. */
export interface WireMessage {
  readonly seq: number;
  readonly id: string;
  readonly name?: string;
  readonly data: unknown;
  readonly encoding?: string;
  readonly clientId?: string;
  readonly connectionId?: string;
  readonly timestamp: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly epoch?: string;
}

export interface MessageFrame extends WireMessage {
  readonly type: 'message';
  readonly channel: string;
}

export interface SkippedFrame {
  readonly type: 'skipped';
  readonly channel: string;
  readonly seq: number;
}

export interface DiscontinuityFrame extends Position {
  readonly type: 'discontinuity';
  readonly channel: string;
  readonly from?: Position;
  readonly missed?: number;
  readonly reason: Discontinuity['reason'];
}

export interface PresenceFrame {
  readonly type: 'presence';
  readonly channel: string;
  readonly action: 'sync' | 'enter' | 'update' | 'leave' | 'occupancy';
  readonly version: number;
  readonly members?: readonly Member[];
  readonly count?: number;
  readonly cursor?: string;
}

export interface ErrorFrame {
  readonly type: 'error';
  readonly id?: string;
  readonly code: number;
  readonly message: string;
  readonly retryAfterMs?: number;
  readonly channel?: string;
}

export interface ReplyFrame {
  readonly type: 'reply';
  readonly id: string;
  readonly epoch?: string;
  readonly messages?: readonly { readonly id: string; readonly seq: number }[];
}

/** What answers a frame with an id. */
export type AnswerFrame = ReplyFrame | SubscribedFrame;

/** What a publish came to. */
export interface Published {
  readonly channel: string;
  readonly epoch: string;
  readonly messages: readonly { readonly id: string; readonly seq: number }[];
}

/** A message as it is sent. */
export interface WirePayload {
  readonly id: string;
  readonly name?: string;
  readonly data: unknown;
  readonly encoding?: string;
  readonly clientId?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly exclude?: string;
}

export interface ClientFrame {
  readonly type: 'auth' | 'subscribe' | 'unsubscribe' | 'publish' | 'presence' | 'ping';
  readonly id?: string;
  readonly [field: string]: unknown;
}

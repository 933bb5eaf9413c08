/** One row of the live console: an event of the app's `[meta]log`, or a message of a channel that is watched as well. All of its texts are clients' own. */
export interface LiveEvent {
  /** Rises by one with each event of this page, whatever its channel; never reused. */
  readonly no: number;
  /** Such as `subscription.added`; `message.received` for a message of a watched channel. */
  readonly type: string;
  /** Milliseconds since 1970, by the gateway's clock. */
  readonly timestamp: number;
  readonly data: Readonly<Record<string, unknown>>;
  /** Events of the log that the gateway did not tell before this one. */
  readonly skipped: number;
}

/** Of a message that a watched channel brought: the log has no such event. */
export const RECEIVED = 'message.received';

/** What arrives, before it has its number. */
export type Arrival = Omit<LiveEvent, 'no'>;

/** `connection`, `subscription`, `message`, `presence`, `webhook`, `limit` or `request`; anything newer is a kind of its own. */
export function kindOf(type: string): string {
  const dot = type.indexOf('.');
  return dot < 0 ? type : type.slice(0, dot);
}

/** A refusal, or an end that the gateway decided on: whatever has a code. */
export function isRefusal({ data }: Pick<LiveEvent, 'data'>): boolean {
  return typeof data['code'] === 'number';
}

/** A field as text; undefined when it is none. */
export function textOf(event: Pick<LiveEvent, 'data'>, field: string): string | undefined {
  const value = event.data[field];
  return typeof value === 'string' ? value : undefined;
}

/** A message of `[meta]log` as a row. What is not as the contract says becomes a row with what there is. */
export function ofLog(message: { readonly name?: string | undefined; readonly data: unknown; readonly timestamp: number }): Arrival {
  const data = isRecord(message.data) ? message.data : { data: message.data };
  const { skipped, ...rest } = data;
  return { type: message.name ?? 'unknown', timestamp: message.timestamp, data: rest, skipped: typeof skipped === 'number' && skipped > 0 ? skipped : 0 };
}

/** A message of a watched channel as a row: here, and only here, with what it carries. */
export function ofMessage(message: { readonly channel: string; readonly seq: number; readonly id: string; readonly name?: string; readonly data: unknown; readonly encoding?: string; readonly clientId?: string; readonly connectionId?: string; readonly timestamp: number; readonly headers?: Readonly<Record<string, string>> }): Arrival {
  const { channel, seq, id, name, encoding, clientId, connectionId, headers } = message;
  const data = message.data instanceof Uint8Array ? base64(message.data) : message.data;
  const known = { channel, seq, id, name, clientId, connectionId, encoding, headers, data };
  return { type: RECEIVED, timestamp: message.timestamp, data: Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)), skipped: 0 };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8_192) text += String.fromCharCode(...bytes.subarray(i, i + 8_192));
  return btoa(text);
}

import type { Rest } from './http/rest.js';
import { paged } from './paged.js';
import type { Paged } from './types.js';

export type Operation = 'publish' | 'subscribe' | 'presence' | 'history' | 'admin';

export interface TokenRequest {
  /** Absent for an anonymous client. */
  readonly clientId?: string;
  /** Channel pattern to operations. */
  readonly capabilities: Readonly<Record<string, readonly Operation[]>>;
  /** 1 to 86,400; an hour when absent. */
  readonly ttlSeconds?: number;
  readonly limits?: Readonly<Record<string, number>>;
}

export interface IssuedToken {
  readonly token: string;
  readonly tokenId: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export type RevocationTarget = { readonly keyId: string } | { readonly clientId: string } | { readonly tokenId: string };

export interface ChannelSummary {
  readonly channel: string;
  readonly occupancy: { readonly subscribers: number; readonly connections: number };
}

export interface ChannelState extends ChannelSummary {
  readonly namespace: string | null;
  readonly durability: 'none' | 'window' | 'durable';
  readonly epoch: string | null;
  readonly seq: number;
  readonly firstSeq?: number | null;
}

/** Tokens for clients; with a key. */
export class Tokens {
  readonly #rest: Rest;

  /** @internal */
  constructor(rest: Rest) {
    this.#rest = rest;
  }

  create(request: TokenRequest): Promise<IssuedToken> {
    return this.#rest.call('POST', '/v1/tokens', request);
  }

  /** Refused everywhere within 5 s. @param issuedBefore milliseconds; now when absent */
  revoke(targets: readonly RevocationTarget[], issuedBefore?: number): Promise<void> {
    return this.#rest.call('POST', '/v1/tokens/revoke', { targets, issuedBefore });
  }
}

/** The app's channels; with a key. */
export class Channels {
  readonly #rest: Rest;

  /** @internal */
  constructor(rest: Rest) {
    this.#rest = rest;
  }

  list(query: { readonly prefix?: string; readonly limit?: number } = {}): Paged<ChannelSummary> {
    return paged((cursor) => this.#rest.call('GET', '/v1/channels', undefined, { ...query, cursor }));
  }

  get(channel: string): Promise<ChannelState> {
    return this.#rest.call('GET', `/v1/channels/${encodeURIComponent(channel)}`);
  }

  /** Its messages; subscribers stay and are told. */
  delete(channel: string): Promise<void> {
    return this.#rest.call('DELETE', `/v1/channels/${encodeURIComponent(channel)}`);
  }
}

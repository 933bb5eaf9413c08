import type { Schema } from '@/api/client';
import { capabilitiesOf, capabilityFaults, forTokens, grantsOf, type Grant } from '@/rules/capabilities';
import type { Key } from '../keys/keys';

export interface TokenDraft {
  readonly keyId: string;
  readonly clientId: string;
  readonly ttlSeconds: number;
  readonly grants: readonly Grant[];
  readonly limits: Readonly<Record<TokenLimit, string>>;
}

export const TOKEN_LIMITS = ['publishesPerSecond', 'subscriptionsPerConnection', 'inboundMessagesPerSecond', 'inboundBytesPerSecond', 'maxMessageBytes'] as const;
export type TokenLimit = (typeof TOKEN_LIMITS)[number];

export const NO_LIMITS: TokenDraft['limits'] = {
  publishesPerSecond: '',
  subscriptionsPerConnection: '',
  inboundMessagesPerSecond: '',
  inboundBytesPerSecond: '',
  maxMessageBytes: '',
};

export const LIFETIMES: readonly { readonly value: string; readonly label: string }[] = [
  { value: '300', label: '5 minutes' },
  { value: '3600', label: 'an hour' },
  { value: '28800', label: '8 hours' },
  { value: '86400', label: 'a day, the most' },
];

/** What a token of the key may at most. */
export function mostOf(key: Key): Grant[] {
  return forTokens(grantsOf(key.capabilities));
}

export type Faults = Partial<Record<'keyId' | 'grants' | TokenLimit, string>>;

export function faultsOf(draft: TokenDraft): Faults {
  const grants = capabilityFaults(draft.grants, 'token')[0];
  const limits = TOKEN_LIMITS.filter((name) => draft.limits[name] !== '' && !/^[1-9]\d{0,8}$/.test(draft.limits[name]));
  return {
    ...(draft.keyId === '' ? { keyId: 'Choose a key.' } : {}),
    ...(grants === undefined ? {} : { grants: grants.message }),
    ...Object.fromEntries(limits.map((name) => [name, 'A whole number of at least 1.'])),
  };
}

export function bodyOf(draft: TokenDraft): Schema<'TokenCreate'> {
  const limits = TOKEN_LIMITS.filter((name) => draft.limits[name] !== '');
  return {
    keyId: draft.keyId,
    capabilities: capabilitiesOf(draft.grants),
    ttlSeconds: draft.ttlSeconds,
    ...(draft.clientId === '' ? {} : { clientId: draft.clientId }),
    ...(limits.length === 0 ? {} : { limits: Object.fromEntries(limits.map((name) => [name, Number(draft.limits[name])])) }),
  };
}

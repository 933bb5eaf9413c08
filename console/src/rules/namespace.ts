/** The rules of a namespace as the contract has them, and what applies where none does. */

export interface NamespaceRules {
  readonly pattern: string;
  readonly durability: 'none' | 'window' | 'durable';
  readonly window: { readonly messages: number; readonly seconds: number };
  readonly retentionDays: number;
  readonly rewind: { readonly messages: number; readonly seconds: number };
  readonly maxMessageBytes: number;
  readonly public: boolean;
  readonly clientPublish: boolean;
  readonly presence: { readonly mode: 'members' | 'occupancy' | 'off'; readonly maxMembers: number; readonly graceSeconds: number };
  readonly conflate: 'none' | 'latest';
  readonly requireClientId: boolean;
}

export const DEFAULT_RULES: NamespaceRules = {
  pattern: '*',
  durability: 'window',
  window: { messages: 1000, seconds: 120 },
  retentionDays: 30,
  rewind: { messages: 100, seconds: 120 },
  maxMessageBytes: 65_536,
  public: false,
  clientPublish: true,
  presence: { mode: 'members', maxMembers: 1000, graceSeconds: 15 },
  conflate: 'none',
  requireClientId: false,
};

/** The rules alone, of something that has a name and times as well: what a PUT takes. */
export function rulesOf(namespace: NamespaceRules): NamespaceRules {
  const { pattern, durability, window, retentionDays, rewind, maxMessageBytes, clientPublish, presence, conflate, requireClientId } =
    namespace;
  return {
    pattern,
    durability,
    window: { messages: window.messages, seconds: window.seconds },
    retentionDays,
    rewind: { messages: rewind.messages, seconds: rewind.seconds },
    maxMessageBytes,
    public: namespace.public,
    clientPublish,
    presence: { mode: presence.mode, maxMembers: presence.maxMembers, graceSeconds: presence.graceSeconds },
    conflate,
    requireClientId,
  };
}

export function namespaceNameFault(name: string): string | null {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(name)
    ? null
    : 'A name has 1 to 64 letters, digits, “_” or “-”, and begins with a letter or digit.';
}

/** Bounds of the contract, by path. */
export const BOUNDS = {
  'window.messages': [1, 100_000],
  'window.seconds': [1, 86_400],
  retentionDays: [1, 3650],
  'rewind.messages': [0, 1000],
  'rewind.seconds': [0, 86_400],
  maxMessageBytes: [1, 65_536],
  'presence.maxMembers': [1, 100_000],
  'presence.graceSeconds': [0, 300],
} as const satisfies Record<string, readonly [number, number]>;
export type BoundedField = keyof typeof BOUNDS;

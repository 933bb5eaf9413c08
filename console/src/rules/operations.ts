export const OPERATIONS = ['publish', 'subscribe', 'presence', 'history', 'admin'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Tokens never carry `admin`. */
export const TOKEN_OPERATIONS: readonly Operation[] = OPERATIONS.filter((operation) => operation !== 'admin');

export const OPERATION_MEANS: Readonly<Record<Operation, string>> = {
  publish: 'Send messages to the channel.',
  subscribe: 'Receive messages; includes resuming and rewinding as far as the namespace allows.',
  presence: 'Enter the channel’s presence. Seeing who is there needs only subscribe.',
  history: 'Read further back than a rewind.',
  admin: 'For keys only: issue and revoke tokens, list channels and connections, disconnect, read the log.',
};

export function isOperation(text: unknown): text is Operation {
  return (OPERATIONS as readonly unknown[]).includes(text);
}

import type { Key } from './keys';

export type KeyState = 'active' | 'ending' | 'expired' | 'revoked';

const SOON_MS = 7 * 86_400_000;

export function stateOf(key: Pick<Key, 'expiresAt' | 'revokedAt'>, now: number): KeyState {
  if (key.revokedAt !== null) return 'revoked';
  if (key.expiresAt === null) return 'active';
  const left = Date.parse(key.expiresAt) - now;
  if (left <= 0) return 'expired';
  return left < SOON_MS ? 'ending' : 'active';
}

/** Whether it opens anything now. */
export function isGood(key: Pick<Key, 'expiresAt' | 'revokedAt'>, now: number): boolean {
  const state = stateOf(key, now);
  return state === 'active' || state === 'ending';
}

import { Badge } from '@mantine/core';
import type { Key } from './keys';
import { stateOf, type KeyState } from './state';

const LOOKS: Readonly<Record<KeyState, { readonly color: string; readonly words: string }>> = {
  active: { color: 'tide', words: 'active' },
  ending: { color: 'yellow', words: 'ends soon' },
  expired: { color: 'gray', words: 'expired' },
  revoked: { color: 'red', words: 'revoked' },
};

export function KeyBadge(props: { of: Pick<Key, 'expiresAt' | 'revokedAt'> }) {
  const { color, words } = LOOKS[stateOf(props.of, Date.now())];
  return <Badge color={color}>{words}</Badge>;
}

import { Badge } from '@mantine/core';
import type { Schema } from '@/api/client';

const SAID: Record<Schema<'SubscriptionState'>, { readonly color: string; readonly why: string }> = {
  live: { color: 'teal', why: 'It is given what is published as it comes.' },
  behind: { color: 'orange', why: 'It catches up with what it has missed.' },
  beginning: { color: 'gray', why: 'It reads where to begin.' },
};

export function StateBadge({ state }: { state: Schema<'SubscriptionState'> }) {
  const { color, why } = SAID[state];
  return (
    <Badge color={color} title={why}>
      {state}
    </Badge>
  );
}

import { Badge } from '@mantine/core';
import type { DeliveryState } from './search';

const COLORS: Readonly<Record<DeliveryState, string>> = { pending: 'yellow', delivered: 'tide', dead: 'red' };

export function DeliveryBadge({ state }: { state: DeliveryState }) {
  return <Badge color={COLORS[state]}>{state}</Badge>;
}

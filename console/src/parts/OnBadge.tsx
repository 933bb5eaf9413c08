import { Badge } from '@mantine/core';

export function OnBadge({ on }: { on: boolean }) {
  return <Badge color={on ? 'tide' : 'gray'}>{on ? 'on' : 'off'}</Badge>;
}

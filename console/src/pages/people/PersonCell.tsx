import { Badge, Group, Text } from '@mantine/core';

/** Name and e-mail, or the e-mail alone of who has not accepted yet. */
export function PersonCell(props: { name: string | null; email: string | null; you?: boolean; status: 'active' | 'invited'; expired?: boolean }) {
  return (
    <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
      <Group gap="2px 8px">
        <Text size="sm" fw={550}>
          {props.name ?? props.email}
        </Text>
        {props.you && <Badge>you</Badge>}
        {props.status === 'invited' && <Badge color={props.expired ? 'red' : 'yellow'}>{props.expired ? 'invitation ended' : 'invited'}</Badge>}
      </Group>
      {props.name !== null && (
        <Text size="xs" c="dimmed">
          {props.email ?? 'no e-mail yet'}
        </Text>
      )}
    </div>
  );
}

export function isPast(at: string | null): boolean {
  return at !== null && Date.parse(at) < Date.now();
}

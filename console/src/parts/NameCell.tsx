import { Text } from '@mantine/core';

/** What a row is called, and below it what machines know it by. */
export function NameCell(props: { name: string; known: string }) {
  return (
    <div style={{ overflowWrap: 'anywhere' }}>
      <Text size="sm" fw={550}>
        {props.name}
      </Text>
      <Text size="xs" c="dimmed">
        <span className="tg-mono">{props.known}</span>
      </Text>
    </div>
  );
}

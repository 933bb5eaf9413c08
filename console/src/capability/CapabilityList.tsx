import { Group, Stack, Text } from '@mantine/core';
import { grantsOf, type Capabilities } from '@/rules/capabilities';
import classes from './capability.module.css';

/** Capabilities to read: a pattern, and what it allows. `most`: so many lines, the rest counted. */
export function CapabilityList(props: { capabilities: Capabilities; most?: number }) {
  const grants = grantsOf(props.capabilities);
  const shown = grants.slice(0, props.most ?? grants.length);
  return (
    <Stack gap={4}>
      {shown.map(({ pattern, operations }) => (
        <Group key={pattern} gap={6} wrap="wrap">
          <code className={classes.pattern}>{pattern}</code>
          {operations.map((operation) => (
            <span key={operation} className={classes.operation} data-operation={operation}>
              {operation}
            </span>
          ))}
        </Group>
      ))}
      {grants.length > shown.length && (
        <Text size="xs" c="dimmed">
          and {grants.length - shown.length} more
        </Text>
      )}
    </Stack>
  );
}

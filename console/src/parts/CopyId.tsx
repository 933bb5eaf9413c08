import { Group } from '@mantine/core';
import { CopyButton } from './CopyButton';

/** An identifier to read and to copy. */
export function CopyId(props: { value: string; what: string }) {
  return (
    <Group gap={4} wrap="nowrap" display="inline-flex">
      <code className="tg-mono">{props.value}</code>
      <CopyButton value={props.value} what={props.what} />
    </Group>
  );
}

import { Chip, Group } from '@mantine/core';
import { OPERATION_MEANS, type Operation } from '@/rules/operations';

/** Which operations a pattern allows, to switch on and off. */
export function OperationChips(props: { label: string; offered: readonly Operation[]; value: readonly Operation[]; onChange: (operations: Operation[]) => void }) {
  const toggle = (operation: Operation, on: boolean): void =>
    props.onChange(on ? [...props.value, operation] : props.value.filter((one) => one !== operation));
  return (
    <Group gap={6} role="group" aria-label={props.label} wrap="wrap">
      {props.offered.map((operation) => (
        <div key={operation} title={OPERATION_MEANS[operation]}>
          <Chip
            size="xs"
            radius="sm"
            color={operation === 'admin' ? 'red' : undefined}
            checked={props.value.includes(operation)}
            onChange={(on) => toggle(operation, on)}
          >
            {operation}
          </Chip>
        </div>
      ))}
    </Group>
  );
}

import { Group, Select, TextInput } from '@mantine/core';
import { EXPIRY_CHOICES, type Expiry, type ExpiryChoice } from './expiry';

/** When a key or token ends. */
export function ExpiryField(props: { label: string; description?: string; value: Expiry; onChange: (expiry: Expiry) => void; error?: string | undefined }) {
  const { choice, at } = props.value;
  return (
    <Group align="flex-end" gap="xs" wrap="wrap">
      <Select
        w={180}
        label={props.label}
        description={props.description}
        data={EXPIRY_CHOICES.map(({ value, label }) => ({ value, label }))}
        value={choice}
        onChange={(value) => props.onChange({ choice: (value ?? 'never') as ExpiryChoice, at })}
      />
      {choice === 'at' && (
        <TextInput
          type="datetime-local"
          aria-label={`${props.label}: day and time`}
          value={at}
          error={props.error}
          onChange={(event) => props.onChange({ choice, at: event.currentTarget.value })}
        />
      )}
    </Group>
  );
}

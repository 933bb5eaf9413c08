import { Group, TextInput } from '@mantine/core';
import { Choice } from './Choice';
import { EXPIRY_CHOICES, type Expiry } from './expiry';

/** When a key or token ends. */
export function ExpiryField(props: { label: string; description?: string; value: Expiry; onChange: (expiry: Expiry) => void; error?: string | undefined }) {
  const { choice, at } = props.value;
  return (
    <Group align="flex-end" gap="xs" wrap="wrap">
      <Choice
        w={180}
        label={props.label}
        description={props.description}
        data={EXPIRY_CHOICES}
        value={choice}
        onChange={(value) => props.onChange({ choice: value, at })}
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

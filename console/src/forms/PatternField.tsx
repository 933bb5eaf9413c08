import { TextInput } from '@mantine/core';

/** A pattern of channels. */
export function PatternField(props: { description: string; value: string; error: string | null | undefined; onChange: (pattern: string) => void }) {
  return (
    <TextInput
      label="Pattern"
      description={props.description}
      placeholder="chat:*"
      maw={480}
      spellCheck={false}
      autoComplete="off"
      value={props.value}
      error={props.error}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { capabilitiesOf, parseCapabilities, type Grant } from '@/rules/capabilities';

/** The same capabilities as text, to paste them. */
export function CapabilityJson(props: { value: readonly Grant[]; onTaken: (grants: Grant[]) => void; onCancel: () => void }) {
  const [text, setText] = useState(() => JSON.stringify(capabilitiesOf(props.value), null, 2));
  const [fault, setFault] = useState<string | null>(null);
  const take = (): void => {
    const parsed = parseCapabilities(text);
    if ('fault' in parsed) setFault(parsed.fault);
    else props.onTaken(parsed.grants);
  };
  return (
    <Stack gap="xs">
      <Textarea
        label="Capabilities as JSON"
        description="Channel pattern to operations, as tokens and the API have them."
        autosize
        minRows={5}
        maxRows={16}
        spellCheck={false}
        value={text}
        error={fault}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8125rem' } }}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setFault(null);
        }}
      />
      <Group gap="xs">
        <Button variant="light" size="xs" onClick={take}>
          Take these
        </Button>
        <Button variant="default" size="xs" onClick={props.onCancel}>
          Back
        </Button>
      </Group>
    </Stack>
  );
}

import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { CodeBlock } from '@/parts/CodeBlock';
import type { Grant } from '@/rules/capabilities';
import { firstStepsFor, setKey, snippetsOf, type Language } from './first-steps';

const LANGUAGES: readonly { readonly value: Language; readonly label: string }[] = [
  { value: 'curl', label: 'curl' },
  { value: 'javascript', label: 'JavaScript' },
  { value: 'java', label: 'Java' },
];

/** A first message with this key, to copy. `secret`: the whole key while it is shown; else there is a place for it. */
export function FirstSteps(props: { grants: readonly Grant[]; keyName: string; secret: string | null }) {
  const [language, setLanguage] = useState<Language>('curl');
  const steps = firstStepsFor(window.location.origin, props.grants);
  if (steps === null) {
    return (
      <Text size="sm" c="dimmed">
        This key neither publishes nor subscribes, so there is no first message to show for it.
      </Text>
    );
  }
  const snippets = [setKey(props.secret ?? `${props.keyName}:SECRET`), ...snippetsOf(language, steps)];
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label="Language"
        w="fit-content"
        data={LANGUAGES.map((one) => ({ ...one }))}
        value={language}
        onChange={(value) => setLanguage(value as Language)}
      />
      {snippets.map(({ title, code }) => (
        <CodeBlock key={title} title={title} code={code} />
      ))}
    </Stack>
  );
}

import { Alert, Stack, Text } from '@mantine/core';
import { KeyRound } from 'lucide-react';
import { CodeBlock } from './CodeBlock';
import { CopyButton } from './CopyButton';

/** A secret that the gateway says once: to copy now. */
export function SecretOnce(props: { value: string; what: string; note?: string }) {
  return (
    <Stack gap="sm">
      <Alert color="yellow" variant="light" icon={<KeyRound size={18} aria-hidden />} title={`Copy this ${props.what} now`}>
        <Text size="sm">{props.note ?? 'It is shown this once. The gateway keeps nothing it could show it from again.'}</Text>
      </Alert>
      <CodeBlock code={props.value} wrap />
      <div>
        <CopyButton value={props.value} label={`Copy ${props.what}`} />
      </div>
    </Stack>
  );
}

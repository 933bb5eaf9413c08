import { ActionIcon, Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { Check, Copy } from 'lucide-react';

/** Copies a text, and says so for two seconds. With `label` a button with words, else an icon. */
export function CopyButton(props: { value: string; label?: string; what?: string; onCopied?: () => void }) {
  const clipboard = useClipboard({ timeout: 2000 });
  const copy = (): void => {
    clipboard.copy(props.value);
    props.onCopied?.();
  };
  const icon = clipboard.copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />;
  if (props.label) {
    return (
      <Button variant="default" size="xs" leftSection={icon} onClick={copy}>
        {clipboard.copied ? 'Copied' : props.label}
      </Button>
    );
  }
  const name = clipboard.copied ? 'Copied' : `Copy ${props.what ?? ''}`.trim();
  return (
    <ActionIcon size="sm" onClick={copy} aria-label={name} title={name}>
      {icon}
    </ActionIcon>
  );
}

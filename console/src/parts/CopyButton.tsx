import { ActionIcon, Button } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { failed } from './toast';

const SAID_MS = 2_000;

/** Copies a text, and says so for two seconds. With `label` a button with words, else an icon. */
export function CopyButton(props: { value: string; label?: string; what?: string }) {
  const [copied, setCopied] = useState(0);
  useEffect(() => {
    if (copied === 0) return undefined;
    const over = setTimeout(() => setCopied(0), SAID_MS);
    return () => clearTimeout(over);
  }, [copied]);
  const copy = (): void =>
    void write(props.value).then(
      () => setCopied((times) => times + 1),
      () => failed(new Error('The browser does not let this page copy. Mark the text, and copy it yourself.')),
    );
  const icon = copied > 0 ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />;
  if (props.label) {
    return (
      <Button variant="default" size="xs" leftSection={icon} onClick={copy}>
        {copied > 0 ? 'Copied' : props.label}
      </Button>
    );
  }
  const name = copied > 0 ? 'Copied' : `Copy ${props.what ?? ''}`.trim();
  return (
    <ActionIcon size="sm" onClick={copy} aria-label={name} title={name}>
      {icon}
    </ActionIcon>
  );
}

/** There is no clipboard for a page that did not come safely. */
async function write(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}

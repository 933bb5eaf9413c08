import { Alert, Stack, Textarea } from '@mantine/core';
import { ScanText } from 'lucide-react';
import { useState } from 'react';
import { decodeToken } from '@/jwt/decode';
import { readToken } from '@/jwt/explain';
import { EmptyState } from '@/parts/EmptyState';
import { Panel } from '@/parts/Panel';
import { TokenReadingView } from './TokenReadingView';

/** What any token says of itself, read in this page alone. */
export function ReadToken({ appId }: { appId: string }) {
  const [text, setText] = useState('');
  const decoded = text.trim() === '' ? null : decodeToken(text);
  return (
    <Stack gap="lg">
      <Panel title="A token" description="It is read in this page and goes nowhere. Its signature is not checked: Explain asks the gateway.">
        <Textarea
          aria-label="Token"
          placeholder="eyJ…"
          autosize
          minRows={3}
          maxRows={8}
          spellCheck={false}
          autoComplete="off"
          value={text}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8125rem', overflowWrap: 'anywhere' } }}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </Panel>
      {decoded === null ? (
        <EmptyState icon={ScanText} title="Paste a token to read it">
          You see whom it names, what it may do where and when it ends, and what about it the gateway would refuse.
        </EmptyState>
      ) : 'fault' in decoded ? (
        <Alert color="yellow" variant="light" title="This is no token">
          {decoded.fault}
        </Alert>
      ) : (
        <TokenReadingView appId={appId} reading={readToken(decoded, Date.now())} />
      )}
    </Stack>
  );
}

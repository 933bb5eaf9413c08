import { Stack } from '@mantine/core';
import { CodeBlock } from '@/parts/CodeBlock';
import { Panel } from '@/parts/Panel';
import { decodeToken } from '@/jwt/decode';
import { readToken } from '@/jwt/explain';
import { tokenSnippets } from '@/snippets/token-steps';
import { TokenReadingView } from './TokenReadingView';

/** A token that was just made, what is tried first with it, and what it says. */
export function MintedToken({ appId, token }: { appId: string; token: string }) {
  const decoded = decodeToken(token);
  const reading = 'fault' in decoded ? null : readToken(decoded, Date.now());
  return (
    <Stack gap="lg">
      <Panel title="The token" description="Whoever has it may do what it grants, until it ends. It belongs in no address and no file.">
        <CodeBlock code={token} wrap />
      </Panel>
      {reading && (
        <>
          <Panel title="Connect with it">
            <CodeBlock snippets={tokenSnippets(window.location.origin, token, reading.grants)} />
          </Panel>
          <TokenReadingView appId={appId} reading={reading} />
        </>
      )}
    </Stack>
  );
}

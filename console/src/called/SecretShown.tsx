import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Panel } from '@/parts/Panel';
import { SecretOnce } from '@/parts/SecretOnce';

/** The secret of what was just made, and how its receiver checks with it. `children`: what else the receiver has to know; `leave`: where it goes on. */
export function SecretShown(props: { secret: string; children: ReactNode; leave: ReactNode }) {
  return (
    <Stack gap="lg">
      <Panel>
        <SecretOnce value={props.secret} what="secret" note="Your receiver checks with it that a call is the gateway’s. It is shown this once; it can be replaced later, with an overlap." />
      </Panel>
      <Panel title="Checking a call">
        <Text size="sm">
          The header <code>Tidegate-Signature: t=…,v1=…</code> has the HMAC-SHA256, in hex, of <code>t</code>, a dot and the raw body, keyed with the
          whole secret. Refuse what is more than 5 minutes old, and compare in constant time.
        </Text>
      </Panel>
      {props.children}
      <Group>{props.leave}</Group>
    </Stack>
  );
}

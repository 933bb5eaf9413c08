import { Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Schema } from '@/api/client';
import { ButtonLink } from '@/parts/links';
import { Panel } from '@/parts/Panel';
import { SecretOnce } from '@/parts/SecretOnce';
import { grantsOf } from '@/rules/capabilities';
import { FirstSteps } from '@/snippets/FirstSteps';

/** A key that was just made: its secret, and a first message with it. Gone with the page. */
export function ShownOnce(props: { created: Schema<'KeyCreated'>; children?: ReactNode }) {
  const { created } = props;
  return (
    <Stack gap="lg">
      <Panel>
        <SecretOnce value={created.key} what="key" note="It is shown this once, and kept sealed: nobody can read it from the gateway again. Put it where your backend keeps its secrets." />
      </Panel>
      {props.children}
      <Panel title="A first message" description="Paste these into a shell or a file; they use what this key may.">
        <FirstSteps keyName={created.keyName} grants={grantsOf(created.capabilities)} secret={created.key} />
      </Panel>
      <Group>
        <ButtonLink to="/apps/$appId/keys/$keyId" params={{ appId: created.appId, keyId: created.id }} variant="default">
          I have copied it
        </ButtonLink>
      </Group>
    </Stack>
  );
}

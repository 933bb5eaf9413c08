import { Grid, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { CapabilityEditor } from '@/capability/CapabilityEditor';
import { PatternTester } from '@/capability/PatternTester';
import type { Expiry } from '@/forms/expiry';
import { ExpiryField } from '@/forms/ExpiryField';
import { Panel } from '@/parts/Panel';
import type { Grant } from '@/rules/capabilities';

export interface KeyDraft {
  readonly name: string;
  readonly expiry: Expiry;
  readonly grants: readonly Grant[];
}

/** What a key is called, until when it is good and what it may, with a tester beside. */
export function KeyForm(props: { value: KeyDraft; onChange: (draft: KeyDraft) => void; shownFaults: boolean; expiryFault?: string | undefined }) {
  const { value, onChange } = props;
  const [channel, setChannel] = useState('');
  return (
    <Stack gap="lg">
      <Panel title="Name and end">
        <Stack gap="md">
          <TextInput
            label="Name"
            description="For people: what uses it. It may be changed."
            placeholder="orders backend"
            maxLength={100}
            value={value.name}
            error={props.shownFaults && value.name.trim() === '' ? 'Give it a name.' : undefined}
            onChange={(event) => onChange({ ...value, name: event.currentTarget.value })}
            maw={420}
          />
          <ExpiryField
            label="Expires"
            value={value.expiry}
            error={props.shownFaults ? props.expiryFault : undefined}
            onChange={(expiry) => onChange({ ...value, expiry })}
          />
        </Stack>
      </Panel>
      <Panel title="Capabilities" description="A pattern has segments between colons: * is one segment, at the end the rest; chat-* is a segment that begins so; * alone is every channel.">
        <Grid gap="lg">
          <Grid.Col span={{ base: 12, lg: 7 }}>
            <CapabilityEditor
              of="key"
              value={value.grants}
              onChange={(grants) => onChange({ ...value, grants })}
              shownFaults={props.shownFaults}
              channel={channel}
            />
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 5 }}>
            <PatternTester grants={value.grants} channel={channel} onChannel={setChannel} />
          </Grid.Col>
        </Grid>
      </Panel>
    </Stack>
  );
}

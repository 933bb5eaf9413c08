import { Grid, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { CapabilityEditor } from '@/capability/CapabilityEditor';
import { PatternTester } from '@/capability/PatternTester';
import { ExpiryField } from '@/forms/ExpiryField';
import { Panel } from '@/parts/Panel';
import { faultsOf, type KeyDraft } from './draft';

/** What a key is called, until when it is good and what it may, with a tester beside. */
export function KeyForm(props: { value: KeyDraft; onChange: (draft: KeyDraft) => void; shownFaults: boolean }) {
  const { value, onChange } = props;
  const faults = props.shownFaults ? faultsOf(value, Date.now()) : {};
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
            error={faults.name}
            onChange={(event) => onChange({ ...value, name: event.currentTarget.value })}
            maw={420}
          />
          <ExpiryField
            label="Expires"
            value={value.expiry}
            error={faults.expiry}
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

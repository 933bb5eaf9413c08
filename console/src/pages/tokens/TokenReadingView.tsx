import { Alert, Badge, Group, List, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { CapabilityList } from '@/capability/CapabilityList';
import { PatternTester } from '@/capability/PatternTester';
import type { State, TokenReading } from '@/jwt/explain';
import { Panel } from '@/parts/Panel';
import { exact, RelativeTime } from '@/parts/RelativeTime';
import { capabilitiesOf } from '@/rules/capabilities';
import { TOKEN_OPERATIONS } from '@/rules/operations';

const STATES: Readonly<Record<State, { readonly color: string; readonly words: string }>> = {
  valid: { color: 'tide', words: 'in its time' },
  'not-yet': { color: 'yellow', words: 'not good yet' },
  expired: { color: 'red', words: 'expired' },
  unreadable: { color: 'red', words: 'times cannot be read' },
};

const TIMES = new Set(['iat', 'nbf', 'exp']);

export function TokenReadingView({ appId, reading }: { appId: string; reading: TokenReading }) {
  const [channel, setChannel] = useState('');
  const state = STATES[reading.state];
  return (
    <Stack gap="lg">
      {reading.faults.length > 0 && (
        <Alert color="red" variant="light" title="The gateway would refuse it">
          <List size="sm">
            {reading.faults.map((fault) => (
              <List.Item key={fault}>{fault}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      {reading.appId !== null && reading.appId !== appId && (
        <Alert color="yellow" variant="light">
          It is for app {reading.appId}, not for this one ({appId}).
        </Alert>
      )}
      <Panel
        title={
          <Group gap="xs" component="span">
            {reading.clientId === null ? 'An anonymous client' : `Client ${reading.clientId}`} <Badge color={state.color}>{state.words}</Badge>
          </Group>
        }
        description={
          reading.expiresAt !== null && (
            <>
              {reading.state === 'expired' ? 'Ended' : 'Ends'} <RelativeTime at={reading.expiresAt} />, {exact(new Date(reading.expiresAt))}
            </>
          )
        }
        flush
      >
        <Table>
          <Table.Tbody>
            {reading.lines.map(({ name, value, means }) => (
              <Table.Tr key={name}>
                <Table.Th scope="row" w={70}>
                  <code>{name}</code>
                </Table.Th>
                <Table.Td>
                  <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                    <span className="tg-mono">{value}</span>
                    {TIMES.has(name) && Number.isFinite(Number(value)) && ` = ${time(Number(value))}`}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {means}
                  </Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Panel>
      <Panel title="What it may" description="At most: its key’s own capabilities narrow it further.">
        <Stack gap="md">
          <CapabilityList capabilities={capabilitiesOf(reading.grants)} />
          <PatternTester grants={reading.grants} channel={channel} onChannel={setChannel} operations={TOKEN_OPERATIONS} />
        </Stack>
      </Panel>
    </Stack>
  );
}

/** @param seconds since 1970; a token may say any number */
function time(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? 'no time' : exact(date);
}

import { Badge, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { MessageCircleQuestionMark } from 'lucide-react';
import type { Schema } from '@/api/client';
import { DataTable, type Column } from '@/parts/DataTable';
import { EmptyState } from '@/parts/EmptyState';
import { Panel } from '@/parts/Panel';
import { RelativeTime } from '@/parts/RelativeTime';
import { StatTile } from '@/parts/StatTile';
import { callsQuery, type Hook } from './hooks';

type Call = Schema<'HookCalls'>['items'][number];

const OUTCOMES = {
  allow: { label: 'Allowed', color: 'tide', hint: 'as it was' },
  refuse: { label: 'Refused', color: 'red', hint: 'by your answer' },
  change: { label: 'Changed', color: 'blue', hint: 'by your answer' },
  failed: { label: 'Failed', color: 'orange', hint: 'no usable answer' },
  open: { label: 'Not asked', color: 'orange', hint: 'failed too often' },
  cached: { label: 'Remembered', color: 'gray', hint: 'an older decision held' },
} as const satisfies Record<Call['outcome'], { label: string; color: string; hint: string }>;

const COLUMNS: readonly Column<Call & { readonly key: string }>[] = [
  { key: 'When', width: 140, render: (call) => <RelativeTime at={call.at} /> },
  { key: 'Outcome', width: 120, render: (call) => <Badge color={OUTCOMES[call.outcome].color}>{OUTCOMES[call.outcome].label}</Badge> },
  { key: 'About', render: (call) => <span style={{ overflowWrap: 'anywhere' }}>{call.about ?? 'a client without a name'}</span> },
  { key: 'What came', from: 'sm', render: (call) => <span style={{ overflowWrap: 'anywhere' }}>{call.detail ?? ''}</span> },
  { key: 'Took', width: 90, align: 'right', render: (call) => `${call.latencyMs} ms` },
];

/** What came of asking, on the node that answers. */
export function HookCalls({ hook }: { hook: Hook }) {
  const { data, error, refetch } = useQuery(callsQuery(hook.appId, hook.id));
  const rows = data?.items.map((call, i) => ({ ...call, key: `${call.at} ${i}` }));
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }}>
        {Object.entries(OUTCOMES).map(([outcome, { label, hint }]) => (
          <StatTile key={outcome} label={label} value={data?.counts[outcome as Call['outcome']].toLocaleString('en')} hint={hint} />
        ))}
      </SimpleGrid>
      <Panel
        flush
        title="The last 50 that were not simply allowed"
        description={data ? <>As node <code>{data.node}</code> remembers since it began: other nodes have asked for other clients.</> : 'On the node that answers.'}
      >
        <DataTable
          label={`Calls of ${hook.name}`}
          columns={COLUMNS}
          rows={rows}
          rowKey={(call) => call.key}
          error={error}
          onRetry={() => void refetch()}
          empty={
            <EmptyState icon={MessageCircleQuestionMark} title="Nothing but plain answers">
              <Text size="sm" c="dimmed">
                {hook.enabled ? 'When it refuses, changes or fails to answer, you see it here with the reason.' : 'The hook is off, and is not asked.'}
              </Text>
            </EmptyState>
          }
        />
      </Panel>
    </Stack>
  );
}

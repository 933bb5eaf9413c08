import { ActionIcon, Badge, Button, Code, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { Download, RotateCw, ScrollText, Search } from 'lucide-react';
import { useDeferredValue } from 'react';
import { AddressField } from '@/forms/AddressField';
import { DataTable } from '@/parts/DataTable';
import { EmptyState } from '@/parts/EmptyState';
import { Panel } from '@/parts/Panel';
import { RelativeTime } from '@/parts/RelativeTime';
import { usePages, type Page } from '@/parts/use-pages';
import { ChangeTable } from './ChangeTable';
import { actorKind, actorName, areaOf, holds, type Event } from './events';
import { ExportEvents } from './ExportEvents';
import type { AuditFilter } from './search';

/** The log of a tenant or of the installation: who changed what. The gateway gives it whole, newest first; what is filtered is what was loaded. */
export function AuditLog(props: {
  label: string;
  queryKey: readonly string[];
  page: (cursor: string | undefined) => Promise<Page<Event>>;
  areas: readonly string[];
  filter: AuditFilter;
  onFilter: (filter: AuditFilter) => void;
  /** When the first event can have been, where that is known: what an export's progress is measured by. */
  since?: string;
  fileName: string;
  emptyWords: string;
}) {
  const { filter } = props;
  const queryClient = useQueryClient();
  const list = usePages<Event>(props.queryKey, props.page);
  const [exporting, dialog] = useDisclosure();
  const text = useDeferredValue(filter.q ?? '');
  const filtered = filter.area !== undefined || text !== '';
  const rows = list.rows?.filter((event) => (filter.area === undefined || areaOf(event) === filter.area) && holds(event, text));
  const loaded = list.rows?.length ?? 0;
  return (
    <Stack gap="md">
      <Group gap="xs">
        <AddressField
          flex="1 1 14rem"
          maw={380}
          aria-label="Filter by words"
          placeholder="Who, what, an id, a value…"
          leftSection={<Search size={15} aria-hidden />}
          value={filter.q ?? ''}
          onChange={(q) => props.onFilter({ ...filter, q })}
        />
        <NativeSelect
          w={180}
          aria-label="Kind"
          data={[{ value: '', label: 'Every kind' }, ...props.areas]}
          value={filter.area ?? ''}
          onChange={(event) => {
            const area = event.currentTarget.value;
            props.onFilter({ ...(filter.q !== undefined && { q: filter.q }), ...(area !== '' && { area }) });
          }}
        />
        <ActionIcon size="lg" variant="default" aria-label="Load anew" title="Load anew" onClick={() => void queryClient.resetQueries({ queryKey: props.queryKey })}>
          <RotateCw size={16} aria-hidden />
        </ActionIcon>
        <Button ml="auto" variant="default" leftSection={<Download size={15} aria-hidden />} onClick={dialog.open}>
          Export
        </Button>
      </Group>
      <Panel
        flush
        footer={
          filtered && list.rows ? (
            <Text size="xs" c="dimmed" role="status">
              {rows?.length} of {loaded} events loaded{list.more.has ? '; there are older ones, which the filter sees once they are loaded' : ''}.
            </Text>
          ) : undefined
        }
      >
        <DataTable
          {...list}
          label={props.label}
          rows={rows}
          rowKey={(event) => event.id}
          skeletonRows={8}
          details={(event) => <Details event={event} />}
          detailsLabel={(event) => `Details of ${event.action}`}
          empty={
            filtered ? (
              <EmptyState icon={Search} title="No event loaded is like this">
                Change the filter{list.more.has ? ', or have more of them shown' : ''}.
              </EmptyState>
            ) : (
              <EmptyState icon={ScrollText} title="Nothing has been changed yet">
                {props.emptyWords}
              </EmptyState>
            )
          }
          columns={[
            { key: 'When', render: (event) => <RelativeTime at={event.at} />, width: 140 },
            { key: 'What', render: (event) => <code className="tg-mono">{event.action}</code> },
            {
              key: 'Who',
              render: (event) => (
                <Group gap={6} wrap="nowrap">
                  <Text size="sm" truncate maw={220}>
                    {actorName(event)}
                  </Text>
                  <Badge color="gray">{actorKind(event)}</Badge>
                </Group>
              ),
              from: 'sm',
            },
            {
              key: 'On',
              render: (event) => (
                <Text size="sm" truncate maw={260} title={event.target.id ?? undefined}>
                  <Text span c="dimmed" size="sm">
                    {event.target.kind}{' '}
                  </Text>
                  <span className="tg-mono">{event.target.id}</span>
                </Text>
              ),
              from: 'md',
            },
          ]}
        />
      </Panel>
      <ExportEvents opened={exporting} onClose={dialog.close} page={props.page} since={props.since} fileName={props.fileName} />
    </Stack>
  );
}

function Details(props: { event: Event }) {
  const { event } = props;
  return (
    <Stack gap="xs" pt={8}>
      <ChangeTable before={event.before} after={event.after} />
      <Text size="xs" c="dimmed" component="div" style={{ overflowWrap: 'anywhere' }}>
        {event.at} · {actorName(event)} ({actorKind(event)}) on {event.target.kind} <Code fz="xs">{event.target.id}</Code>
        {event.requestId && (
          <>
            {' '}
            · request <Code fz="xs">{event.requestId}</Code>
          </>
        )}{' '}
        · <span title="SHA-256 of this event and of the hash of the one before it">hash</span> <Code fz="xs">{event.hash.slice(0, 16)}…</Code>
      </Text>
    </Stack>
  );
}

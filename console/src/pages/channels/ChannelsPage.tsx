import { Group } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { appApi, take, type Schema } from '@/api/client';
import { appRoute } from '@/app/parents';
import { whole } from '@/charts/format';
import { AddressField } from '@/forms/AddressField';
import { DataTable, type Column } from '@/parts/DataTable';
import { AnchorLink } from '@/parts/links';
import { PageHeader } from '@/parts/PageHeader';
import { Panel } from '@/parts/Panel';
import { usePages } from '@/parts/use-pages';
import { NoChannels } from './NoChannels';

const route = getRouteApi('/signed-in/apps/$appId/channels');

/** Occupancy is at most so old; nodes tell each other theirs about once a second. */
const REFRESH_MS = 5_000;
const PAGE = 50;

type Summary = Schema<'ChannelSummary'>;

export function ChannelsPage() {
  const { appId } = appRoute.useParams();
  const { prefix = '' } = route.useSearch();
  const navigate = useNavigate();
  const list = usePages<Summary>(
    ['apps', appId, 'channels', prefix],
    (cursor) => take(appApi(appId).GET('/v1/channels', { params: { query: { limit: PAGE, ...(prefix !== '' && { prefix }), ...(cursor !== undefined && { cursor }) } } })),
    { refetchInterval: REFRESH_MS },
  );
  const columns: readonly Column<Summary>[] = [
    {
      key: 'Channel',
      mono: true,
      render: ({ channel }) => (
        <AnchorLink inherit to="/apps/$appId/channels/view" params={{ appId }} search={{ name: channel }} style={{ overflowWrap: 'anywhere', unicodeBidi: 'isolate' }}>
          {channel}
        </AnchorLink>
      ),
    },
    { key: 'Subscribers', align: 'right', width: 120, render: ({ occupancy }) => whole(occupancy.subscribers) },
    { key: 'Connections', align: 'right', width: 120, from: 'sm', render: ({ occupancy }) => whole(occupancy.connections) },
  ];
  return (
    <>
      <PageHeader title="Channels" description="Those with subscribers, or with messages kept, in order of their names." />
      <Panel flush>
        <Group p="sm" px={18}>
          <PrefixSearch prefix={prefix} onPrefix={(next) => void navigate({ to: '/apps/$appId/channels', params: { appId }, search: next === '' ? {} : { prefix: next }, replace: true })} />
        </Group>
        <DataTable
          {...list}
          label="Channels"
          columns={columns}
          rowKey={({ channel }) => channel}
          onOpen={({ channel }) => void navigate({ to: '/apps/$appId/channels/view', params: { appId }, search: { name: channel } })}
          empty={<NoChannels appId={appId} prefix={prefix} />}
        />
      </Panel>
    </>
  );
}

function PrefixSearch({ prefix, onPrefix }: { prefix: string; onPrefix: (prefix: string) => void }) {
  const later = useDebouncedCallback(onPrefix, 250);
  return (
    <AddressField
      w="100%"
      maw={420}
      type="search"
      aria-label="Channels whose name begins with"
      placeholder="Name begins with, such as chat:"
      leftSection={<Search size={15} aria-hidden />}
      value={prefix}
      onChange={later}
    />
  );
}

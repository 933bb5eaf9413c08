import { Badge, Button, Group, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Search, Unplug } from 'lucide-react';
import { useState } from 'react';
import { appApi, take, type Schema } from '@/api/client';
import { useApp } from '@/api/queries';
import { useRole } from '@/api/session';
import { appRoute } from '@/app/parents';
import { whole } from '@/charts/format';
import { useTyped } from '@/forms/use-typed';
import { DataTable, type Column } from '@/parts/DataTable';
import { AnchorLink } from '@/parts/links';
import { PageHeader } from '@/parts/PageHeader';
import { Panel } from '@/parts/Panel';
import { RelativeTime } from '@/parts/RelativeTime';
import { usePages } from '@/parts/use-pages';
import { ClientCell } from './ClientCell';
import { DisconnectClient } from './DisconnectClient';
import { NoConnections } from './NoConnections';

const route = getRouteApi('/signed-in/apps/$appId/connections');

const REFRESH_MS = 5_000;
const PAGE = 50;

type Connection = Schema<'Connection'>;

export function ConnectionsPage() {
  const { appId } = appRoute.useParams();
  const { client = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const may = useRole(useApp(appId).tenantId);
  const [disconnecting, setDisconnecting] = useState(false);
  const list = usePages<Connection>(
    ['apps', appId, 'connections', client],
    (cursor) => take(appApi(appId).GET('/v1/connections', { params: { query: { limit: PAGE, ...(client !== '' && { clientId: client }), ...(cursor !== undefined && { cursor }) } } })),
    { refetchInterval: REFRESH_MS },
  );
  const columns: readonly Column<Connection>[] = [
    {
      key: 'Connection',
      mono: true,
      render: ({ id }) => (
        <AnchorLink inherit to="/apps/$appId/connections/view" params={{ appId }} search={{ id }}>
          {id}
        </AnchorLink>
      ),
    },
    { key: 'Client', render: (connection) => <ClientCell of={connection} /> },
    { key: 'Transport', from: 'sm', render: ({ transport }) => <Badge color="gray">{transport}</Badge> },
    { key: 'Address', from: 'md', mono: true, render: ({ address }) => address },
    { key: 'Key', from: 'lg', mono: true, render: ({ keyName, console }) => (console ? '' : keyName) },
    { key: 'Behind', align: 'right', from: 'md', width: 80, render: ({ lag }) => whole(lag) },
    { key: 'Node', from: 'lg', mono: true, render: ({ nodeId }) => nodeId },
    { key: 'Channels', align: 'right', width: 90, render: ({ subscriptions }) => whole(subscriptions) },
    { key: 'Since', from: 'sm', width: 140, render: ({ openedAt }) => <RelativeTime at={openedAt} /> },
  ];
  return (
    <>
      <PageHeader title="Connections" description="Each is one WebSocket or event stream that is open now, on any node." />
      <Panel flush>
        <Group p="sm" px={18} gap="sm">
          <ClientSearch client={client} onClient={(next) => void navigate({ search: next === '' ? {} : { client: next } })} />
          {client !== '' && may('admin') && (
            <Button variant="default" color="red" leftSection={<Unplug size={15} aria-hidden />} onClick={() => setDisconnecting(true)}>
              Disconnect this client
            </Button>
          )}
        </Group>
        <DataTable
          {...list}
          label="Connections"
          columns={columns}
          rowKey={({ id }) => id}
          onOpen={({ id }) => void navigate({ to: '/apps/$appId/connections/view', params: { appId }, search: { id } })}
          empty={<NoConnections appId={appId} client={client} />}
        />
      </Panel>
      <DisconnectClient appId={appId} client={client} opened={disconnecting} onClose={() => setDisconnecting(false)} onDone={() => queries.invalidateQueries({ queryKey: ['apps', appId, 'connections'] })} />
    </>
  );
}

/** A client is asked for by its whole id: with Enter, or when the field is left. */
function ClientSearch({ client, onClient }: { client: string; onClient: (client: string) => void }) {
  const [typed, type] = useTyped(client);
  const ask = (text: string): void => {
    if (text.trim() === client) return;
    // Without the spaces: that is what the address will have.
    type(text.trim());
    onClient(text.trim());
  };
  return (
    <form
      style={{ flex: '1 1 240px', maxWidth: 420 }}
      onSubmit={(event) => {
        event.preventDefault();
        ask(typed);
      }}
    >
      <TextInput
        type="search"
        aria-label="Only those of this client"
        placeholder="Client id, then Enter"
        spellCheck={false}
        autoComplete="off"
        leftSection={<Search size={15} aria-hidden />}
        value={typed}
        onChange={(event) => {
          type(event.currentTarget.value);
          if (event.currentTarget.value === '') ask('');
        }}
        onBlur={() => ask(typed)}
      />
    </form>
  );
}

import { Badge, Button, SimpleGrid } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Activity, Unplug } from 'lucide-react';
import { useState } from 'react';
import { appApi, take, type Schema } from '@/api/client';
import { useApp } from '@/api/queries';
import { RefusalError } from '@/api/refusal';
import { useRole } from '@/api/session';
import { appRoute } from '@/app/parents';
import { duration, format, whole } from '@/charts/format';
import { CopyButton } from '@/parts/CopyButton';
import { EmptyState } from '@/parts/EmptyState';
import { ErrorView } from '@/parts/ErrorView';
import { AnchorLink, ButtonLink } from '@/parts/links';
import { PageHeader } from '@/parts/PageHeader';
import { Panel } from '@/parts/Panel';
import { StatTile } from '@/parts/StatTile';
import { ConnectionFacts } from './ConnectionFacts';
import { DisconnectOne } from './DisconnectOne';
import { Subscriptions } from './Subscriptions';

const route = getRouteApi('/signed-in/apps/$appId/connections/view');

const REFRESH_MS = 3_000;

export type ConnectionDetail = Schema<'ConnectionDetail'>;

export function ConnectionPage() {
  const { appId } = appRoute.useParams();
  const { id } = route.useSearch();
  const may = useRole(useApp(appId).tenantId);
  const [asking, setAsking] = useState(false);
  const connection = useQuery({
    queryKey: ['apps', appId, 'connection', id],
    queryFn: () => take(appApi(appId).GET('/v1/connections/{connectionId}', { params: { path: { connectionId: id } } })),
    // What is gone stays so.
    refetchInterval: (query) => (isGone(query.state.error) ? false : REFRESH_MS),
  });
  const gone = isGone(connection.error);
  const { data } = connection;
  return (
    <>
      <PageHeader
        above={
          <AnchorLink to="/apps/$appId/connections" params={{ appId }} size="sm">
            Connections
          </AnchorLink>
        }
        title={id}
        badges={
          <>
            <CopyButton value={id} what="id" />
            {gone && data && <Badge color="gray">closed</Badge>}
            {data?.console && <Badge>the console</Badge>}
          </>
        }
        actions={
          data &&
          !gone && (
            <>
              <ButtonLink to="/apps/$appId/live" params={{ appId }} search={{ text: id }} variant="default" leftSection={<Activity size={15} aria-hidden />}>
                Watch live
              </ButtonLink>
              {may('admin') && (
                <Button variant="default" color="red" leftSection={<Unplug size={15} aria-hidden />} onClick={() => setAsking(true)}>
                  Disconnect
                </Button>
              )}
            </>
          )
        }
      />
      {gone && !data ? (
        <Panel>
          <EmptyState icon={Unplug} title="This connection is closed" action={<ButtonLink to="/apps/$appId/connections" params={{ appId }} variant="default">Open connections</ButtonLink>}>
            No live node has it. A client that comes back without resuming gets another id.
          </EmptyState>
        </Panel>
      ) : connection.error && !data ? (
        <ErrorView error={connection.error} reset={() => void connection.refetch()} />
      ) : (
        <>
          <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="md" mb="md">
            <StatTile label="Subscriptions" value={data && whole(data.subscriptions)} hint={data ? 'channels' : ' '} />
            <StatTile label="Behind" value={data && whole(data.lag)} hint={data ? 'looked at every 5 s' : ' '} />
            <StatTile label="Waiting to be read" value={data && format(data.pendingBytes, 'bytes')} hint={data ? (data.pendingBytes === 0 ? 'the client keeps up' : 'sent, not yet taken') : ' '} />
            <StatTile label="Open for" value={data && duration(Math.max(0, connection.dataUpdatedAt - data.openedAt))} hint={data ? (data.expiresAt === null ? 'with a key, so no end' : `token ends in ${duration(Math.max(0, data.expiresAt - connection.dataUpdatedAt))}`) : ' '} />
          </SimpleGrid>
          <ConnectionFacts appId={appId} connection={data} />
          <Panel title="Subscriptions" flush>
            <Subscriptions appId={appId} connection={data} />
          </Panel>
        </>
      )}
      <DisconnectOne appId={appId} id={id} opened={asking} onClose={() => setAsking(false)} onDone={() => void connection.refetch()} />
    </>
  );
}

function isGone(error: Error | null): boolean {
  return error instanceof RefusalError && error.status === 404;
}

import { Button, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Activity, Trash2 } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { appApi, done, take, type Schema } from '@/api/client';
import { useApp } from '@/api/queries';
import { useRole } from '@/api/session';
import { appRoute } from '@/app/parents';
import { draftOf, EMPTY_DRAFT, type Draft } from '@/live/draft';
import { PublishTester } from '@/live/PublishTester';
import type { Publication } from '@/live/snippets/publication';
import { ConfirmByName } from '@/parts/ConfirmByName';
import { CopyButton } from '@/parts/CopyButton';
import { ErrorView } from '@/parts/ErrorView';
import { AnchorLink, ButtonLink } from '@/parts/links';
import { PageHeader } from '@/parts/PageHeader';
import { Panel } from '@/parts/Panel';
import { TableSkeleton } from '@/parts/Skeletons';
import { said } from '@/parts/toast';
import classes from './ChannelPage.module.css';
import { ChannelFigures } from './ChannelFigures';
import { History } from './History';
import type { ChannelTab } from './search';

/** What is behind the other tabs comes when one of them is opened. */
const LiveMessages = lazy(async () => ({ default: (await import('./LiveMessages')).LiveMessages }));
const Subscribers = lazy(async () => ({ default: (await import('./Subscribers')).Subscribers }));
const Presence = lazy(async () => ({ default: (await import('./Presence')).Presence }));
const Rules = lazy(async () => ({ default: (await import('./Rules')).Rules }));

const route = getRouteApi('/signed-in/apps/$appId/channels/view');

const REFRESH_MS = 3_000;

export type ChannelDetail = Schema<'Channel'>;

export function ChannelPage() {
  const { name } = route.useSearch();
  // What is about to be published goes to the channel that is shown, and to no other.
  return <OneChannel key={name} />;
}

function OneChannel() {
  const { appId } = appRoute.useParams();
  const { name, tab = 'messages', at } = route.useSearch();
  const navigate = route.useNavigate();
  const may = useRole(useApp(appId).tenantId);
  const [draft, setDraft] = useState<Draft>({ ...EMPTY_DRAFT, channel: name });
  const [deleting, setDeleting] = useState(false);
  const publishing = useRef<HTMLDivElement>(null);
  const channel = useQuery({
    queryKey: ['apps', appId, 'channel', name],
    queryFn: () => take(appApi(appId).GET('/v1/channels/{channel}', { params: { path: { channel: name } } })),
    refetchInterval: REFRESH_MS,
  });

  const again = (publication: Publication): void => {
    setDraft(draftOf(publication));
    publishing.current?.scrollIntoView({ block: 'nearest' });
  };
  const header = (
    <PageHeader
      above={
        <AnchorLink to="/apps/$appId/channels" params={{ appId }} size="sm">
          Channels
        </AnchorLink>
      }
      title={name}
      badges={<CopyButton value={name} what="name" />}
      actions={
        <>
          <ButtonLink to="/apps/$appId/live" params={{ appId }} search={{ channel: name, watch: name }} variant="default" leftSection={<Activity size={15} aria-hidden />}>
            Watch live
          </ButtonLink>
          {may('admin') && (
            <Button variant="default" color="red" leftSection={<Trash2 size={15} aria-hidden />} onClick={() => setDeleting(true)}>
              Delete messages
            </Button>
          )}
        </>
      }
    />
  );
  if (channel.error && !channel.data) {
    return (
      <>
        {header}
        <ErrorView error={channel.error} reset={() => void channel.refetch()} />
      </>
    );
  }
  return (
    <>
      {header}
      <ChannelFigures channel={channel.data} />
      <div className={classes.page}>
        <Panel flush>
          <Tabs value={tab} onChange={(next) => void navigate({ search: { name, tab: next as ChannelTab }, replace: true })}>
            <Tabs.List className={classes.tabs}>
              <Tabs.Tab value="messages">Messages</Tabs.Tab>
              <Tabs.Tab value="live">As they come</Tabs.Tab>
              <Tabs.Tab value="subscribers">Subscribers</Tabs.Tab>
              <Tabs.Tab value="presence">Presence</Tabs.Tab>
              <Tabs.Tab value="rules">Rules</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="messages">
              <History appId={appId} channel={name} detail={channel.data} at={at} onAgain={again} onAt={(time) => void navigate({ search: { name, ...(time !== undefined && { at: time }) }, replace: true })} />
            </Tabs.Panel>
            <Suspense fallback={<TableSkeleton rows={4} columns={3} />}>
              <Tabs.Panel value="live">
                <LiveMessages appId={appId} channel={name} onAgain={again} />
              </Tabs.Panel>
              <Tabs.Panel value="subscribers">
                <Subscribers appId={appId} channel={name} />
              </Tabs.Panel>
              <Tabs.Panel value="presence">
                <Presence appId={appId} channel={name} />
              </Tabs.Panel>
              <Tabs.Panel value="rules">
                <Rules appId={appId} channel={name} applies={channel.data?.namespace} />
              </Tabs.Panel>
            </Suspense>
          </Tabs>
        </Panel>
        <div ref={publishing}>
          <Panel title="Publish" description="For real, to everybody who listens.">
            <PublishTester appId={appId} draft={draft} onDraft={setDraft} fixed onSent={() => void channel.refetch()} />
          </Panel>
        </div>
      </div>
      <ConfirmByName
        opened={deleting}
        onClose={() => setDeleting(false)}
        title="Delete all messages of this channel"
        name={name}
        confirm="Delete messages"
        onConfirm={async () => {
          await done(appApi(appId).DELETE('/v1/channels/{channel}', { params: { path: { channel: name } } }));
          setDeleting(false);
          said('The messages are deleted');
          await channel.refetch();
        }}
      >
        History and message ids go, and cannot be brought back. Subscribers stay: they are told of a new epoch, and what is published from now on reaches them.
      </ConfirmByName>
    </>
  );
}

import { Button, Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { getRouteApi } from '@tanstack/react-router';
import { Eraser, Pause, Play, Send } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { appRoute } from '@/app/parents';
import { draftOf, EMPTY_DRAFT, type Draft } from '@/live/draft';
import type { LiveEvent } from '@/live/event';
import { EventList } from '@/live/EventList';
import type { LiveFilter } from '@/live/filter';
import { FilterBar } from '@/live/FilterBar';
import { LiveStatus } from '@/live/LiveStatus';
import type { Publication } from '@/live/snippets/publication';
import { asRefusal, useConnectionState, useTidegate } from '@/live/use-tidegate';
import { useLiveLog } from '@/live/use-live-log';
import { PageHeader } from '@/parts/PageHeader';
import { Panel } from '@/parts/Panel';
import { RefusalAlert } from '@/parts/RefusalAlert';
import { PageSkeleton } from '@/parts/Skeletons';
import classes from './LivePage.module.css';
import { NothingYet } from './NothingYet';
import { filterOf, searchOf } from './search';
import type { Shown } from './Side';
import { WatchChannel } from './WatchChannel';

/** They come when the list is there already. */
const Side = lazy(() => import('./Side'));
const SideDrawer = lazy(() => import('./SideDrawer'));

const route = getRouteApi('/signed-in/apps/$appId/live');

export function LivePage() {
  const { appId } = appRoute.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const client = useTidegate(appId);
  const state = useConnectionState(client);
  const watch = search.watch ?? '';
  const { log, view, logError, watchError } = useLiveLog(client, watch);
  const [selected, setSelected] = useState<LiveEvent>();
  const [draft, setDraft] = useState<Draft>(() => ({ ...EMPTY_DRAFT, channel: watch }));
  const [shown, setShown] = useState<Shown>('event');
  const [drawer, setDrawer] = useState(false);
  const isNarrow = useMediaQuery('(max-width: 75em)', false);

  const filter = filterOf(search);
  const asked = JSON.stringify(filter);
  useEffect(() => {
    log.filter = JSON.parse(asked) as LiveFilter;
  }, [log, asked]);

  const to = (next: LiveFilter, channel: string): void => void navigate({ search: searchOf(next, channel), replace: true });
  const show = (next: Shown): void => {
    setShown(next);
    setDrawer(isNarrow);
  };
  const again = (publication: Publication): void => {
    setDraft(draftOf(publication));
    show('publish');
  };

  const side = { appId, event: selected, draft, onDraft: setDraft, onAgain: again };
  return (
    <>
      <PageHeader
        title="Live"
        description="What happens in this app now: connections, subscriptions, publishes, presence, webhooks and refusals."
        actions={
          <>
            <Button variant="default" leftSection={view.paused ? <Play size={15} aria-hidden /> : <Pause size={15} aria-hidden />} onClick={() => (view.paused ? log.resume() : log.pause())}>
              {view.paused ? 'Go on' : 'Pause'}
            </Button>
            <Button variant="default" leftSection={<Eraser size={15} aria-hidden />} onClick={() => log.clear()}>
              Clear
            </Button>
            {isNarrow && (
              <Button leftSection={<Send size={15} aria-hidden />} onClick={() => show('publish')}>
                Publish
              </Button>
            )}
          </>
        }
      />
      {(logError || watchError) && (
        <Stack mb="md">
          {logError && <RefusalAlert error={asRefusal(logError)} title="The app's log is not told" />}
          {watchError && <RefusalAlert error={asRefusal(watchError)} title={`The messages of ${watch} are not told`} />}
        </Stack>
      )}
      <div className={classes.page}>
        <Panel flush>
          <FilterBar filter={filter} onFilter={(next) => to(next, watch)} />
          <WatchChannel channel={watch} onChannel={(channel) => to(filter, channel)} />
          <div className={classes.list}>
            {view.rows.length === 0 && <NothingYet appId={appId} view={view} onAll={() => to(filterOf({}), watch)} />}
            <EventList
              rows={view.rows}
              selected={selected}
              onSelect={(event) => {
                setSelected(event);
                show('event');
              }}
            />
          </div>
          <LiveStatus view={view} state={state} />
        </Panel>
        {!isNarrow && (
          <Panel flush>
            <Suspense fallback={<PageSkeleton />}>
              <Side {...side} shown={shown} onShown={setShown} />
            </Suspense>
          </Panel>
        )}
      </div>
      {isNarrow && drawer && (
        <Suspense>
          <SideDrawer {...side} shown={shown} onClose={() => setDrawer(false)} />
        </Suspense>
      )}
    </>
  );
}

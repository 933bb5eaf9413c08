import { Button, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Clock, Inbox, RotateCw } from 'lucide-react';
import { useState } from 'react';
import { appApi, take } from '@/api/client';
import { moment } from '@/charts/format';
import type { Publication } from '@/live/snippets/publication';
import { EmptyState } from '@/parts/EmptyState';
import { ErrorView } from '@/parts/ErrorView';
import { TableSkeleton } from '@/parts/Skeletons';
import type { ChannelDetail } from './ChannelPage';
import classes from './ChannelPage.module.css';
import { MessageRow } from './MessageRow';
import { localTime, timeOf } from './times';

const PAGE = 50;

/** What the channel keeps: the newest first; or from a time on, the oldest of it first. */
export function History(props: {
  appId: string;
  channel: string;
  detail: ChannelDetail | undefined;
  at: number | undefined;
  onAt: (at: number | undefined) => void;
  onAgain: (publication: Publication) => void;
}) {
  const { appId, channel, detail, at, onAt, onAgain } = props;
  const history = useInfiniteQuery({
    queryKey: ['apps', appId, 'channel', channel, 'messages', at ?? null],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      take(
        appApi(appId).GET('/v1/channels/{channel}/messages', {
          params: {
            path: { channel },
            query: { limit: PAGE, direction: at === undefined ? 'backward' : 'forward', ...(at !== undefined && { start: at }), ...(pageParam !== undefined && { cursor: pageParam }) },
          },
        }),
      ),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const messages = history.data?.pages.flatMap(({ items }) => items);
  return (
    <>
      <JumpTo at={at} onAt={onAt} onRefresh={() => void history.refetch()} isRefreshing={history.isRefetching} />
      {history.error && !messages ? (
        <ErrorView error={history.error} reset={() => void history.refetch()} />
      ) : !messages ? (
        <TableSkeleton rows={8} columns={3} />
      ) : messages.length === 0 ? (
        <NothingKept detail={detail} at={at} />
      ) : (
        <>
          {messages.map((message) => (
            <MessageRow key={`${message.epoch ?? ''}:${message.seq}`} channel={channel} message={message} onAgain={onAgain} />
          ))}
          {history.error && <ErrorView error={history.error} reset={() => void history.refetch()} />}
          {history.hasNextPage && (
            <div className={classes.foot}>
              <Button variant="default" size="xs" fullWidth loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
                {at === undefined ? 'Older' : 'Later'}
              </Button>
            </div>
          )}
        </>
      )}
    </>
  );
}

function JumpTo(props: { at: number | undefined; onAt: (at: number | undefined) => void; onRefresh: () => void; isRefreshing: boolean }) {
  const { at, onAt } = props;
  const [typed, setTyped] = useState(at === undefined ? '' : localTime(at));
  const time = timeOf(typed);
  return (
    <form
      className={classes.tools}
      onSubmit={(event) => {
        event.preventDefault();
        if (time !== undefined) onAt(time);
      }}
    >
      <TextInput type="datetime-local" step={1} size="xs" label="Jump to a time" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
      <Button type="submit" size="xs" variant="default" leftSection={<Clock size={14} aria-hidden />} disabled={time === undefined}>
        Jump
      </Button>
      {at !== undefined && (
        <Button
          size="xs"
          variant="subtle"
          onClick={() => {
            setTyped('');
            onAt(undefined);
          }}
        >
          Newest first
        </Button>
      )}
      <Button ml="auto" size="xs" variant="default" leftSection={<RotateCw size={14} aria-hidden />} loading={props.isRefreshing} onClick={props.onRefresh}>
        Refresh
      </Button>
    </form>
  );
}

function NothingKept({ detail, at }: { detail: ChannelDetail | undefined; at: number | undefined }) {
  if (at !== undefined) {
    return (
      <EmptyState icon={Clock} title="Nothing since then">
        No message that is kept was published at {moment(at)} or later.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Inbox} title="No messages kept">
      {detail?.durability === 'none'
        ? 'The rules of this channel keep no messages: they reach who listens at that moment, and nobody else. “As they come” shows them.'
        : 'Nothing was published yet, or so long ago that it is not kept any more. Publish the first message beside this.'}
    </EmptyState>
  );
}

import { Group, Text } from '@mantine/core';
import type { ConnectionState } from '@tidegate/sdk';
import { whole } from '@/charts/format';
import classes from './LiveStatus.module.css';
import { CAPACITY, type LiveView } from './live-log';

const STATES: Record<ConnectionState, string> = {
  initialized: 'Connecting',
  connecting: 'Connecting',
  connected: 'Live',
  disconnected: 'Reconnecting',
  suspended: 'No connection, trying again',
  closed: 'Closed',
  failed: 'Not connected',
};

/** How it is going, and what is not shown of it. Never silently less than there was. */
export function LiveStatus({ view, state }: { view: LiveView; state: ConnectionState }) {
  return (
    <Group className={classes.status} gap="md" component="footer">
      <span className={classes.state} data-state={view.paused ? 'paused' : state} role="status">
        {view.paused ? 'Paused' : STATES[state]}
      </span>
      {view.paused && view.waiting > 0 && <Text size="xs">{`${whole(view.waiting)} new`}</Text>}
      <Text size="xs" c="dimmed" className="tg-num">
        {/* One text: of several each would push the next. */}
        {`${whole(view.rows.length)} shown of ${whole(view.received)} received`}
      </Text>
      <Left count={view.skippedByGateway} words="left out by the gateway" why="A node tells at most 200 events a second of an app, and counts the rest." />
      <Left count={view.skippedHere} words="passed unseen here" why={`This page keeps the newest ${whole(CAPACITY)} events: these were overwritten before they were shown, while it was paused or too much came at once.`} />
      <Left count={view.lost} words="lost on the way" why="The connection was away for longer than the log keeps its events." />
    </Group>
  );
}

function Left({ count, words, why }: { count: number; words: string; why: string }) {
  if (count === 0) return null;
  return (
    <Text size="xs" className={`tg-num ${classes.left}`} title={why}>
      {whole(count)} {words}
      <span className="tg-unseen">: {why}</span>
    </Text>
  );
}

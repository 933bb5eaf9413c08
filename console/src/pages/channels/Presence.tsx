import { Text } from '@mantine/core';
import type { Member, TidegateError } from '@tidegate/sdk';
import { Users } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { whole } from '@/charts/format';
import { asRefusal, useTidegate } from '@/live/use-tidegate';
import { preview } from '@/live/words';
import { EmptyState } from '@/parts/EmptyState';
import { RefusalAlert } from '@/parts/RefusalAlert';
import { AnchorLink } from '@/parts/links';
import { TableSkeleton } from '@/parts/Skeletons';
import classes from './ChannelPage.module.css';

/** Of 10,000 members nobody reads all. */
const DRAWN = 200;
/** Large channels tell of changes once a second; of small ones a flood is drawn as seldom as the log. */
const DRAW_MS = 100;

interface Present {
  readonly members: readonly Member[];
  readonly count: number;
}

/** Who is in the channel, as it changes. */
export function Presence({ appId, channel }: { appId: string; channel: string }) {
  const { present, error } = usePresent(appId, channel);
  if (error) {
    return (
      <div style={{ padding: 18 }}>
        <RefusalAlert error={asRefusal(error)} />
      </div>
    );
  }
  if (!present) return <TableSkeleton rows={4} columns={3} />;
  if (present.count === 0) {
    return (
      <EmptyState icon={Users} title="Nobody is present">
        A client that has entered the channel is listed here, with what it says of itself: <code>channel.presence.enter(&#123; status: &apos;here&apos; &#125;)</code>. It needs a clientId and the capability <code>presence</code>.
      </EmptyState>
    );
  }
  return (
    <>
      <div className={classes.tools}>
        <Text size="sm" role="status">
          <b className="tg-num">{whole(present.count)}</b> present
          {present.members.length === 0 && '; the rules of this channel tell only how many'}
        </Text>
      </div>
      {present.members.slice(0, DRAWN).map((member) => (
        <div key={`${member.clientId} ${member.connectionId}`} className={classes.member}>
          <span className="tg-mono">{member.clientId}</span>
          <span className="tg-mono">
            <AnchorLink inherit to="/apps/$appId/connections/view" params={{ appId }} search={{ id: member.connectionId }}>
              {member.connectionId}
            </AnchorLink>
          </span>
          <span className="tg-mono">{member.data === undefined ? '' : preview(member.data)}</span>
        </div>
      ))}
      {present.members.length > DRAWN && (
        <div className={classes.foot}>
          <Text size="xs" c="dimmed">
            The first {DRAWN} are shown.
          </Text>
        </div>
      )}
    </>
  );
}

function usePresent(appId: string, channel: string): { readonly present: Present | undefined; readonly error: TidegateError | undefined } {
  const client = useTidegate(appId);
  const [present, setPresent] = useState<Present>();
  const [error, setError] = useState<TidegateError>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (!client) return undefined;
    setPresent(undefined);
    setError(undefined);
    const of = client.channel(channel);
    const draw = (): void => {
      timer.current = undefined;
      const members = of.presence.members();
      setPresent({ members, count: of.presence.occupancy ?? members.length });
    };
    const stop = of.presence.subscribe(() => (timer.current ??= setTimeout(draw, DRAW_MS)));
    // Presence is told on a subscription: this one is there for its refusals.
    const subscription = of.subscribe(() => undefined, { onError: setError });
    return () => {
      stop();
      subscription.unsubscribe();
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, [client, channel]);
  return { present, error };
}

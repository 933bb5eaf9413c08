import { Badge, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Schema } from '@/api/client';
import { duration, format } from '@/charts/format';
import { namespacesQuery } from '@/pages/namespaces/namespaces';
import { ErrorView } from '@/parts/ErrorView';
import { AnchorLink } from '@/parts/links';
import { TableSkeleton } from '@/parts/Skeletons';
import { candidates, whyBefore } from '@/rules/applying';
import { DEFAULT_RULES, type NamespaceRules } from '@/rules/namespace';
import classes from './ChannelPage.module.css';

/** Which namespace applies to the channel, and why none of the others. */
export function Rules({ appId, channel, applies }: { appId: string; channel: string; applies: string | null | undefined }) {
  const namespaces = useQuery(namespacesQuery(appId));
  if (namespaces.error && !namespaces.data) return <ErrorView error={namespaces.error} reset={() => void namespaces.refetch()} />;
  if (!namespaces.data || applies === undefined) return <TableSkeleton rows={3} columns={2} />;
  const all = candidates(namespaces.data, channel);
  const covering = all.filter(({ difference }) => difference === null).map(({ namespace }) => namespace);
  const winner = namespaces.data.find(({ name }) => name === applies);
  return (
    <>
      <div className={classes.tools}>
        <Text size="sm">
          {winner ? (
            <>
              <b>{winner.name}</b> applies: its pattern <code>{winner.pattern}</code> covers this name{covering.length > 1 ? ', and goes before the others that do.' : ', and no other does.'}
            </>
          ) : (
            <>The default rules apply: no namespace of this app covers this name.</>
          )}
        </Text>
      </div>
      {all.map(({ namespace, difference }) => (
        <div key={namespace.name} className={classes.candidate} data-applies={namespace.name === applies || undefined}>
          <AnchorLink inherit to="/apps/$appId/namespaces/$name" params={{ appId, name: namespace.name }} fw={550}>
            {namespace.name}
          </AnchorLink>
          <code>{namespace.pattern}</code>
          <Text size="sm" c="dimmed">
            {namespace.name === applies ? 'applies' : (difference ?? (winner ? `covers it too, but ${whyBefore(winner, namespace)}` : 'covers it'))}
          </Text>
        </div>
      ))}
      <Said rules={winner ?? DEFAULT_RULES} />
    </>
  );
}

function Said({ rules }: { rules: NamespaceRules | Schema<'Namespace'> }) {
  const said = [
    `durability ${rules.durability}`,
    ...(rules.durability === 'window' ? [`window of ${rules.window.messages} messages or ${duration(rules.window.seconds * 1000)}`] : []),
    ...(rules.durability === 'durable' ? [`kept for ${rules.retentionDays} days`] : []),
    `rewind of ${rules.rewind.messages} messages or ${duration(rules.rewind.seconds * 1000)}`,
    `messages of at most ${format(rules.maxMessageBytes, 'bytes')}`,
    rules.clientPublish ? 'clients may publish' : 'only keys publish',
    rules.public ? 'public' : 'not public',
    `presence: ${rules.presence.mode}`,
    ...(rules.conflate === 'latest' ? ['slow subscribers skip to the latest'] : []),
    ...(rules.requireClientId ? ['clients need a clientId'] : []),
  ];
  return (
    <div className={classes.tools}>
      {said.map((text) => (
        <Badge key={text} color="gray">
          {text}
        </Badge>
      ))}
    </div>
  );
}

import { Badge, Group, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { backlogQuery, type Webhook } from './webhooks';

/** What waits for a webhook, and what it never took. */
export function BacklogBadges({ of: webhook }: { of: Webhook }) {
  const { data, error } = useQuery(backlogQuery(webhook.appId, webhook.id));
  if (error && !data) return <Text size="xs" c="dimmed">not known</Text>;
  if (!data) return <Skeleton h={18} w={120} />;
  if (data.pending === '0' && data.dead === '0') {
    return (
      <Text size="xs" c="dimmed">
        nothing waits
      </Text>
    );
  }
  return (
    <Group gap={4}>
      {data.pending !== '0' && <Badge color="yellow">{data.pending} waiting</Badge>}
      {data.dead !== '0' && <Badge color="red">{data.dead} dead</Badge>}
    </Group>
  );
}

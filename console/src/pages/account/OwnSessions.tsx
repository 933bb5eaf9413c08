import { Badge, Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, done, take } from '@/api/client';
import { DataTable } from '@/parts/DataTable';
import { Panel } from '@/parts/Panel';
import { RelativeTime } from '@/parts/RelativeTime';
import { failed, said } from '@/parts/toast';
import { browserName } from './browser-name';

export function OwnSessions() {
  const queryClient = useQueryClient();
  const sessions = useQuery({ queryKey: ['own-sessions'], queryFn: () => take(api.GET('/v1/sessions')) });
  const end = useMutation({
    mutationFn: (sessionId: string) => done(api.DELETE('/v1/sessions/{sessionId}', { params: { path: { sessionId } } })),
    onSuccess: () => {
      said('Session ended');
      return queryClient.invalidateQueries({ queryKey: ['own-sessions'] });
    },
    onError: failed,
  });
  return (
    <Panel flush title="Where you are signed in" description="A session ends after 30 minutes without use, and after 12 hours.">
      <DataTable
        label="Your sessions"
        skeletonRows={2}
        rows={sessions.data?.items}
        error={sessions.error}
        onRetry={() => void sessions.refetch()}
        rowKey={(each) => each.id}
        columns={[
          {
            key: 'Browser',
            render: (each) => (
              <Group gap={8} wrap="nowrap">
                <Text size="sm" title={each.userAgent ?? undefined}>
                  {browserName(each.userAgent)}
                </Text>
                {each.current && <Badge>this one</Badge>}
              </Group>
            ),
          },
          { key: 'Address', render: (each) => each.address, mono: true, from: 'sm' },
          { key: 'Signed in', render: (each) => <RelativeTime at={each.createdAt} />, from: 'md' },
          { key: 'Last seen', render: (each) => <RelativeTime at={each.lastSeenAt} /> },
          {
            key: 'end',
            title: <span className="tg-unseen">End</span>,
            align: 'right',
            render: (each) =>
              !each.current && (
                <Button size="compact-xs" variant="default" aria-label={`End the session of ${browserName(each.userAgent)}`} loading={end.isPending && end.variables === each.id} onClick={() => end.mutate(each.id)}>
                  End
                </Button>
              ),
          },
        ]}
      />
    </Panel>
  );
}

import { Badge, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Layers, Plus } from 'lucide-react';
import { useApp } from '@/api/queries';
import { useRole } from '@/api/session';
import { appRoute } from '@/app/parents';
import { DataTable, type Column } from '@/parts/DataTable';
import { EmptyState } from '@/parts/EmptyState';
import { ButtonLink } from '@/parts/links';
import { PageHeader } from '@/parts/PageHeader';
import { Panel } from '@/parts/Panel';
import { RelativeTime } from '@/parts/RelativeTime';
import { ApplyingTester } from './ApplyingTester';
import { namespacesQuery, type Namespace } from './namespaces';
import { keeping, peculiarities } from './summary';

const COLUMNS: readonly Column<Namespace>[] = [
  {
    key: 'Namespace',
    render: (one) => (
      <>
        <Text size="sm" fw={550}>
          {one.name}
        </Text>
        <code style={{ overflowWrap: 'anywhere' }}>{one.pattern}</code>
      </>
    ),
  },
  {
    key: 'Keeps',
    width: 210,
    render: (one) => (
      <>
        <Badge color={one.durability === 'durable' ? 'tide' : 'gray'}>{one.durability}</Badge>
        <Text size="xs" c="dimmed" mt={2}>
          {keeping(one)}
        </Text>
      </>
    ),
  },
  {
    key: 'Unlike the default',
    from: 'sm',
    render: (one) => (
      <Group gap={4}>
        {peculiarities(one).map((word) => (
          <Badge key={word} color={word === 'public' ? 'orange' : 'gray'}>
            {word}
          </Badge>
        ))}
        {one.effectiveAt !== null && <Badge color="yellow">durability changes now</Badge>}
      </Group>
    ),
  },
  { key: 'Changed', from: 'md', width: 130, render: (one) => <RelativeTime at={one.updatedAt} /> },
];

export function NamespacesPage() {
  const { appId } = appRoute.useParams();
  const app = useApp(appId);
  const may = useRole(app.tenantId);
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(namespacesQuery(appId));
  const create = may('admin') ? (
    <ButtonLink to="/apps/$appId/namespaces/new" params={{ appId }} leftSection={<Plus size={15} aria-hidden />}>
      New namespace
    </ButtonLink>
  ) : undefined;
  return (
    <>
      <PageHeader
        title="Namespaces"
        description="Rules for channels by pattern: what is kept, who may publish, how presence works. Exactly one applies to a channel, the most specific."
        actions={create}
      />
      <Stack gap="lg">
        <Panel flush>
          <DataTable
            label={`Namespaces of ${app.name}`}
            columns={COLUMNS}
            rows={data}
            rowKey={(one) => one.name}
            error={error}
            onRetry={() => void refetch()}
            onOpen={(one) => void navigate({ to: '/apps/$appId/namespaces/$name', params: { appId, name: one.name } })}
            empty={
              <EmptyState icon={Layers} title="All channels have the default rules" action={create}>
                The last 1,000 messages or 2 minutes are kept, clients publish where their token grants it, presence lists members. Make a namespace
                where channels need something else: <code>orders:*</code> kept for 30 days, <code>news:*</code> published by backends alone.
              </EmptyState>
            }
          />
        </Panel>
        {data && <ApplyingTester namespaces={data} />}
      </Stack>
    </>
  );
}

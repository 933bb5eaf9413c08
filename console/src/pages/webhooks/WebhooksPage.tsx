import { Box, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Plus, Webhook as WebhookIcon } from 'lucide-react';
import { useApp } from '@/api/queries';
import { useRole } from '@/api/session';
import { appRoute } from '@/app/parents';
import { NeedsRole } from '@/forms/NeedsRole';
import { DataTable, type Column } from '@/parts/DataTable';
import { EmptyState } from '@/parts/EmptyState';
import { ButtonLink } from '@/parts/links';
import { NameCell } from '@/parts/NameCell';
import { OnBadge } from '@/parts/OnBadge';
import { PageHeader } from '@/parts/PageHeader';
import { Panel } from '@/parts/Panel';
import { usePages } from '@/parts/use-pages';
import { BacklogBadges } from './BacklogBadges';
import { webhookPage, webhooksKey, type Webhook } from './webhooks';

const COLUMNS: readonly Column<Webhook>[] = [
  {
    key: 'Webhook',
    render: (one) => (
      <>
        <NameCell name={one.name} known={one.url} />
        <Box hiddenFrom="sm" mt={4}>
          <BacklogBadges of={one} />
        </Box>
      </>
    ),
  },
  {
    key: 'Told of',
    from: 'md',
    render: (one) => (
      <>
        <Text size="sm">{one.events.length > 2 ? `${one.events.slice(0, 2).join(', ')} and ${one.events.length - 2} more` : one.events.join(', ')}</Text>
        <Text size="xs" c="dimmed">
          in <code>{one.pattern}</code>
        </Text>
      </>
    ),
  },
  { key: 'Backlog', width: 210, from: 'sm', render: (one) => <BacklogBadges of={one} /> },
  { key: 'State', width: 90, render: (one) => <OnBadge on={one.enabled} /> },
];

export function WebhooksPage() {
  const { appId } = appRoute.useParams();
  const app = useApp(appId);
  const may = useRole(app.tenantId);
  const navigate = useNavigate();
  const list = usePages<Webhook>([...webhooksKey(appId), 'pages'], (cursor) => webhookPage(appId, cursor), { enabled: may('developer') });
  const create = may('admin') ? (
    <ButtonLink to="/apps/$appId/webhooks/new" params={{ appId }} leftSection={<Plus size={15} aria-hidden />}>
      New webhook
    </ButtonLink>
  ) : undefined;
  return (
    <>
      <PageHeader title="Webhooks" description="URLs of yours that are told when something happens in the app: at least once, in order per channel, signed." actions={create} />
      <Panel flush>
        {!may('developer') ? (
          <NeedsRole role="developer" what="Webhooks" />
        ) : (
          <DataTable
            label={`Webhooks of ${app.name}`}
            columns={COLUMNS}
            rowKey={(one) => one.id}
            onOpen={(one) => void navigate({ to: '/apps/$appId/webhooks/$webhookId', params: { appId, webhookId: one.id } })}
            empty={
              <EmptyState icon={WebhookIcon} title="Be told when something happens" action={create}>
                A message was published, a channel got its first subscriber, a member left: your backend hears of it as a signed POST, again and again
                for 24 h until it answers 2xx. What it never took can be looked at and sent again.
              </EmptyState>
            }
            {...list}
          />
        )}
      </Panel>
    </>
  );
}

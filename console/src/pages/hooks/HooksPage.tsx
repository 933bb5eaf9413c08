import { useNavigate } from '@tanstack/react-router';
import { Plus, Split } from 'lucide-react';
import { useApp } from '@/api/queries';
import { useRole } from '@/api/session';
import { appRoute } from '@/app/parents';
import { NeedsRole } from '@/forms/NeedsRole';
import { DataTable, type Column } from '@/parts/DataTable';
import { EmptyState } from '@/parts/EmptyState';
import { AnchorLink, ButtonLink } from '@/parts/links';
import { NameCell } from '@/parts/NameCell';
import { OnBadge } from '@/parts/OnBadge';
import { PageHeader } from '@/parts/PageHeader';
import { Panel } from '@/parts/Panel';
import { usePages } from '@/parts/use-pages';
import { hookPage, hooksKey, type Hook } from './hooks';

const COLUMNS: readonly Column<Hook>[] = [
  { key: 'Hook', render: (one) => <NameCell name={one.name} known={one.url} /> },
  {
    key: 'Asked',
    from: 'sm',
    render: (one) => (one.kind === 'connect' ? 'when a client connects' : <>before a publish in <code>{one.pattern}</code></>),
  },
  { key: 'Without an answer', from: 'md', width: 190, render: (one) => `${one.onFailure === 'allow' ? 'goes on' : 'refuses'} after ${one.timeoutMs} ms` },
  { key: 'State', width: 90, render: (one) => <OnBadge on={one.enabled} /> },
];

export function HooksPage() {
  const { appId } = appRoute.useParams();
  const app = useApp(appId);
  const may = useRole(app.tenantId);
  const navigate = useNavigate();
  const list = usePages<Hook>([...hooksKey(appId), 'pages'], (cursor) => hookPage(appId, cursor), { enabled: may('developer') });
  const create = may('admin') ? (
    <ButtonLink to="/apps/$appId/hooks/new" params={{ appId }} leftSection={<Plus size={15} aria-hidden />}>
      New hook
    </ButtonLink>
  ) : undefined;
  return (
    <>
      <PageHeader
        title="Hooks"
        description={
          <>
            URLs of yours that are asked <i>before</i> something happens, and waited for: they allow, refuse or change it. To be told afterwards, use{' '}
            <AnchorLink to="/apps/$appId/webhooks" params={{ appId }} underline="always">
              webhooks
            </AnchorLink>
            .
          </>
        }
        actions={create}
      />
      <Panel flush>
        {!may('developer') ? (
          <NeedsRole role="developer" what="Hooks" />
        ) : (
          <DataTable
            label={`Hooks of ${app.name}`}
            columns={COLUMNS}
            rowKey={(one) => one.id}
            onOpen={(one) => void navigate({ to: '/apps/$appId/hooks/$hookId', params: { appId, hookId: one.id } })}
            empty={
              <EmptyState icon={Split} title="Decide yourself, message by message" action={create}>
                Moderate a chat before anybody reads it, or look at a client before it is let in. The gateway waits for the answer up to a second, and you
                say what holds when none comes.
              </EmptyState>
            }
            {...list}
          />
        )}
      </Panel>
    </>
  );
}

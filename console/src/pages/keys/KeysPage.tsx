import { Group, Stack, Switch } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { KeyRound, Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useApp } from '@/api/queries';
import { useRole } from '@/api/session';
import { appRoute } from '@/app/parents';
import { CapabilityList } from '@/capability/CapabilityList';
import { DataTable, type Column } from '@/parts/DataTable';
import { EmptyState } from '@/parts/EmptyState';
import { ButtonLink } from '@/parts/links';
import { NameCell } from '@/parts/NameCell';
import { PageHeader } from '@/parts/PageHeader';
import { Panel } from '@/parts/Panel';
import { RelativeTime } from '@/parts/RelativeTime';
import { usePages } from '@/parts/use-pages';
import { KeyBadge } from './KeyBadge';
import { keyPage, keysKey, type Key } from './keys';
import { isGood } from './state';

const COLUMNS: readonly Column<Key>[] = [
  { key: 'Key', render: (key) => <NameCell name={key.name} known={key.keyName} /> },
  { key: 'Capabilities', from: 'sm', render: (key) => <CapabilityList capabilities={key.capabilities} most={2} /> },
  { key: 'Last used', from: 'md', width: 130, render: (key) => <RelativeTime at={key.lastUsedAt} /> },
  { key: 'Ends', from: 'md', width: 130, render: (key) => <RelativeTime at={key.revokedAt ?? key.expiresAt} /> },
  { key: 'State', width: 110, render: (key) => <KeyBadge of={key} /> },
];

export function KeysPage() {
  const { appId } = appRoute.useParams();
  const app = useApp(appId);
  const may = useRole(app.tenantId);
  const navigate = useNavigate();
  const [all, setAll] = useState(false);
  const { rows, ...list } = usePages<Key>([...keysKey(appId), 'pages'], (cursor) => keyPage(appId, cursor));
  const shown = all ? rows : rows?.filter((key) => isGood(key, Date.now()));
  const ended = (rows?.length ?? 0) - (rows?.filter((key) => isGood(key, Date.now())).length ?? 0);
  const create = may('admin') ? (
    <ButtonLink to="/apps/$appId/keys/new" params={{ appId }} leftSection={<Plus size={15} aria-hidden />}>
      New key
    </ButtonLink>
  ) : undefined;
  return (
    <>
      <PageHeader
        title="Keys"
        description="A key is the credential of a backend: it publishes, reads, and signs the tokens of its clients. What it may do is said channel by channel."
        actions={create}
      />
      <Panel
        flush
        footer={
          ended > 0 ? (
            <Group justify="space-between">
              <Switch size="xs" label={`Also the ${ended} that ended`} checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />
            </Group>
          ) : undefined
        }
      >
        <DataTable
          label={`Keys of ${app.name}`}
          columns={COLUMNS}
          rows={shown}
          rowKey={(key) => key.id}
          onOpen={(key) => void navigate({ to: '/apps/$appId/keys/$keyId', params: { appId, keyId: key.id } })}
          empty={<NoKeys action={create} ended={ended} more={list.more.has} />}
          {...list}
        />
      </Panel>
    </>
  );
}

function NoKeys(props: { action: ReactNode; ended: number; more: boolean }) {
  const none = props.more ? 'None of those read so far is good' : 'No key is good any more';
  return (
    <EmptyState icon={KeyRound} title={props.ended > 0 ? none : 'The first key lets a backend in'} action={props.action}>
      <Stack gap={4}>
        <span>A backend authenticates with a key: its name and a secret, as user and password of HTTP.</span>
        <span>Browsers never have one: the backend gives them tokens that it signs with the key, for an hour or so.</span>
      </Stack>
    </EmptyState>
  );
}

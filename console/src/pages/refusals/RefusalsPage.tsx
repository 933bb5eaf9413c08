import { Button, Group, SegmentedControl, TextInput } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { RotateCw, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { api, take, type Schema } from '@/api/client';
import { useApp } from '@/api/queries';
import { useRole } from '@/api/session';
import { appRoute } from '@/app/parents';
import { NeedsRole } from '@/forms/NeedsRole';
import { useTyped } from '@/forms/use-typed';
import { EmptyState } from '@/parts/EmptyState';
import { ErrorView } from '@/parts/ErrorView';
import { AnchorLink } from '@/parts/links';
import { PageHeader } from '@/parts/PageHeader';
import { Panel } from '@/parts/Panel';
import { TableSkeleton } from '@/parts/Skeletons';
import { usePages } from '@/parts/use-pages';
import { RefusalRow } from './RefusalRow';
import { byOf, isCode, searchOf, type By, type RefusalSearch } from './search';

const BY: readonly { readonly value: By; readonly label: string; readonly placeholder: string }[] = [
  { value: 'requestId', label: 'Request', placeholder: 'X-Request-Id of the answer, or id of the frame' },
  { value: 'clientId', label: 'Client', placeholder: 'ada' },
  { value: 'code', label: 'Code', placeholder: '40301' },
];

export function RefusalsPage() {
  const { appId } = appRoute.useParams();
  const app = useApp(appId);
  const search = useSearch({ from: '/signed-in/apps/$appId/refusals' });
  const may = useRole(app.tenantId)('developer');
  const list = usePages<Schema<'Refusal'>>(
    ['apps', appId, 'refusals', search],
    (cursor) => take(api.GET('/v1/apps/{appId}/refusals', { params: { path: { appId }, query: { ...search, limit: 50, cursor } } })),
    { enabled: may },
  );
  return (
    <>
      <PageHeader
        title="Refusals"
        description="What the app’s clients were refused in the last 24 hours, whatever they spoke, and which rule decided. A node writes what it told once a second."
        actions={
          may && (
            <Button variant="default" leftSection={<RotateCw size={14} aria-hidden />} onClick={list.onRetry}>
              Refresh
            </Button>
          )
        }
      />
      {may && <SearchBar search={search} />}
      <Panel flush>
        {!may ? (
          <NeedsRole role="developer" what="Refusals" />
        ) : list.rows === undefined ? (
          list.error ? <ErrorView error={list.error} reset={list.onRetry} /> : <TableSkeleton rows={6} columns={4} />
        ) : list.rows.length === 0 ? (
          <NothingRefused appId={appId} filtered={Object.keys(search).length > 0} />
        ) : (
          <>
            {list.rows.map((refusal) => (
              <RefusalRow key={refusal.id} refusal={refusal} appId={appId} tenantId={app.tenantId} open={list.rows?.length === 1} />
            ))}
            {list.error && <ErrorView error={list.error} reset={list.onRetry} />}
            {list.more.has && (
              <Group justify="center" p="sm">
                <Button variant="default" size="xs" loading={list.more.loading} onClick={list.more.load}>
                  Show more
                </Button>
              </Group>
            )}
          </>
        )}
      </Panel>
    </>
  );
}

function SearchBar({ search }: { search: RefusalSearch }) {
  const navigate = useNavigate({ from: '/apps/$appId/refusals' });
  const [by, setBy] = useState<By>(byOf(search));
  const [text, type] = useTyped(String(search[byOf(search)] ?? ''));
  const [seen, setSeen] = useState(search);
  if (search !== seen) {
    setSeen(search);
    if (Object.keys(search).length > 0) setBy(byOf(search));
  }
  const wrong = by === 'code' && text.trim() !== '' && !isCode(Number(text));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong) void navigate({ search: searchOf(by, text.trim()) });
      }}
    >
      <Group mb="lg" gap="xs" align="flex-start" wrap="wrap">
        <SegmentedControl size="sm" aria-label="Search by" value={by} onChange={(value) => setBy(value as By)} data={BY.map(({ value, label }) => ({ value, label }))} />
        <TextInput
          flex="1 1 14rem"
          maw={480}
          aria-label="Search refusals"
          placeholder={BY.find(({ value }) => value === by)?.placeholder}
          spellCheck={false}
          value={text}
          error={wrong ? 'A code has five digits.' : undefined}
          onChange={(event) => type(event.currentTarget.value)}
        />
        <Button type="submit">Find</Button>
        {Object.keys(search).length > 0 && (
          <Button variant="default" onClick={() => void navigate({ search: {} })}>
            Show all
          </Button>
        )}
      </Group>
    </form>
  );
}

function NothingRefused(props: { appId: string; filtered: boolean }) {
  return (
    <EmptyState icon={ShieldCheck} title={props.filtered ? 'Nothing of this was refused' : 'Nothing was refused in 24 hours'}>
      {props.filtered
        ? 'Refusals are kept for 24 hours, of a flood a sample. What looks like a secret is masked, and by it nothing is found.'
        : 'When a client is refused, it is told a code and an id. Look here for either, and see the rule that decided.'}{' '}
      To ask before it happens:{' '}
      <AnchorLink to="/apps/$appId/explain" params={{ appId: props.appId }} underline="always">
        Explain
      </AnchorLink>
      .
    </EmptyState>
  );
}

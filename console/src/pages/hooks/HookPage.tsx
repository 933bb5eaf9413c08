import { Badge, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ErrorView } from '@/parts/ErrorView';
import { AnchorLink } from '@/parts/links';
import { PageHeader } from '@/parts/PageHeader';
import { PageSkeleton } from '@/parts/Skeletons';
import { HookCalls } from './HookCalls';
import { hookQuery } from './hooks';
import { HookSettings } from './HookSettings';

const FROM = '/signed-in/apps/$appId/hooks/$hookId';

export function HookPage() {
  const { appId, hookId } = useParams({ from: FROM });
  const { tab } = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/apps/$appId/hooks/$hookId' });
  const { data: hook, error, refetch } = useQuery(hookQuery(appId, hookId));
  if (hook === undefined) return error ? <ErrorView error={error} reset={() => void refetch()} /> : <PageSkeleton />;
  return (
    <>
      <PageHeader
        title={hook.name}
        badges={
          <>
            <Badge color="gray">{hook.kind}</Badge>
            <Badge color={hook.enabled ? 'tide' : 'gray'}>{hook.enabled ? 'on' : 'off'}</Badge>
          </>
        }
        description={<code style={{ overflowWrap: 'anywhere' }}>{hook.url}</code>}
        above={
          <AnchorLink to="/apps/$appId/hooks" params={{ appId }} size="sm">
            ← Hooks
          </AnchorLink>
        }
      />
      <Tabs value={tab ?? 'calls'} onChange={(value) => void navigate({ search: value === 'settings' ? { tab: 'settings' } : {} })}>
        <Tabs.List mb="lg">
          <Tabs.Tab value="calls">Calls</Tabs.Tab>
          <Tabs.Tab value="settings">Settings</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="calls">
          <HookCalls hook={hook} />
        </Tabs.Panel>
        <Tabs.Panel value="settings">
          <HookSettings key={hook.updatedAt} hook={hook} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

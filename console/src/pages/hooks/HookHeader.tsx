import { Badge } from '@mantine/core';
import { PageTab, PageTabs } from '@/forms/PageTabs';
import { AnchorLink } from '@/parts/links';
import { OnBadge } from '@/parts/OnBadge';
import { PageHeader } from '@/parts/PageHeader';
import type { Hook } from './hooks';

/** The top of both pages of a hook. */
export function HookHeader({ hook }: { hook: Hook }) {
  const params = { appId: hook.appId, hookId: hook.id };
  return (
    <>
      <PageHeader
        title={hook.name}
        badges={
          <>
            <Badge color="gray">{hook.kind}</Badge>
            <OnBadge on={hook.enabled} />
          </>
        }
        description={<code style={{ overflowWrap: 'anywhere' }}>{hook.url}</code>}
        above={
          <AnchorLink to="/apps/$appId/hooks" params={{ appId: hook.appId }} size="sm">
            ← Hooks
          </AnchorLink>
        }
      />
      <PageTabs label="Of this hook">
        <PageTab to="/apps/$appId/hooks/$hookId" params={params} activeOptions={{ exact: true }}>
          Calls
        </PageTab>
        <PageTab to="/apps/$appId/hooks/$hookId/settings" params={params} activeOptions={{ exact: true }}>
          Settings
        </PageTab>
      </PageTabs>
    </>
  );
}

import { PageTab, PageTabs } from '@/forms/PageTabs';
import { PageHeader } from '@/parts/PageHeader';

/** The top of both pages of the tool. */
export function TokensHeader({ appId }: { appId: string }) {
  return (
    <>
      <PageHeader
        title="Token tool"
        description="Tokens are what browsers and apps come with: short-lived, signed with a key, never more than the key may. Your backend makes them; here you make one to try, or read one you have."
      />
      <PageTabs label="Of the tool">
        <PageTab to="/apps/$appId/tokens" params={{ appId }} activeOptions={{ exact: true, includeSearch: false }}>
          Make one
        </PageTab>
        <PageTab to="/apps/$appId/tokens/read" params={{ appId }} activeOptions={{ exact: true }}>
          Read one
        </PageTab>
      </PageTabs>
    </>
  );
}

import { AnchorLink } from '@/parts/links';
import type { Lead } from './leads-to';

/** To the thing that decided. */
export function LeadLink(props: { lead: Lead; appId: string; tenantId: string }) {
  const { lead, appId, tenantId } = props;
  const params = { appId };
  switch (lead.to) {
    case 'key':
      return <AnchorLink to="/apps/$appId/keys/$keyId" params={{ appId, keyId: lead.keyId }} size="sm">Open the key</AnchorLink>;
    case 'keys':
      return <AnchorLink to="/apps/$appId/keys" params={params} size="sm">Look at the keys</AnchorLink>;
    case 'namespace':
      return <AnchorLink to="/apps/$appId/namespaces/$name" params={{ appId, name: lead.name }} size="sm">Open namespace {lead.name}</AnchorLink>;
    case 'namespaces':
      return <AnchorLink to="/apps/$appId/namespaces" params={params} size="sm">Look at the namespaces</AnchorLink>;
    case 'hooks':
      return <AnchorLink to="/apps/$appId/hooks" params={params} size="sm">Look at the hooks</AnchorLink>;
    case 'app':
      return <AnchorLink to="/apps/$appId/settings" params={params} size="sm">Open the app’s settings</AnchorLink>;
    case 'limits':
      return <AnchorLink to="/tenants/$tenantId/limits" params={{ tenantId }} size="sm">Look at the limits</AnchorLink>;
  }
}

import { useNavigate, useSearch } from '@tanstack/react-router';
import { api, take } from '@/api/client';
import { useTenant } from '@/api/queries';
import { tenantRoute } from '@/app/parents';
import { AuditLog } from '@/pages/audit/AuditLog';
import { PageHeader } from '@/parts/PageHeader';

const AREAS = ['tenant', 'app', 'key', 'token', 'namespace', 'webhook', 'hook', 'controlToken', 'member', 'channel', 'connection', 'client', 'limit'];

export function AuditPage() {
  const { tenantId } = tenantRoute.useParams();
  const tenant = useTenant(tenantId);
  const filter = useSearch({ from: '/signed-in/tenants/$tenantId/audit' });
  const navigate = useNavigate({ from: '/tenants/$tenantId/audit' });
  return (
    <>
      <PageHeader title="Audit log" description="Who changed what in this tenant, with what it was before and is after. Events are chained by their hashes; none can be changed unseen." />
      <AuditLog
        label={`Audit log of ${tenant.name}`}
        queryKey={['tenants', tenantId, 'audit-events']}
        page={(cursor) => take(api.GET('/v1/tenants/{tenantId}/audit-events', { params: { path: { tenantId }, query: { limit: 100, ...(cursor && { cursor }) } } }))}
        areas={AREAS}
        filter={filter}
        onFilter={(search) => void navigate({ search, replace: true })}
        since={tenant.createdAt}
        fileName={`audit-${tenant.name.replace(/\W+/g, '-').toLowerCase()}-${new Date().toISOString().slice(0, 10)}`}
        emptyWords="Each app, key, namespace, webhook or member that is made, changed or deleted leaves an event here."
      />
    </>
  );
}

import { useNavigate, useSearch } from '@tanstack/react-router';
import { api, take } from '@/api/client';
import { AuditLog } from '@/pages/audit/AuditLog';
import { PageHeader } from '@/parts/PageHeader';

const AREAS = ['session', 'account', 'operator'];

export function InstallationAuditPage() {
  const filter = useSearch({ from: '/signed-in/audit' });
  const navigate = useNavigate({ from: '/audit' });
  return (
    <>
      <PageHeader title="Audit log" description="Sign-ins, accounts and operators. What was done in a tenant is in the tenant's own log." />
      <AuditLog
        label="Audit log of the installation"
        queryKey={['installation', 'audit-events']}
        page={(cursor) => take(api.GET('/v1/audit-events', { params: { query: { limit: 100, ...(cursor && { cursor }) } } }))}
        areas={AREAS}
        filter={filter}
        onFilter={(search) => void navigate({ search, replace: true })}
        fileName={`audit-installation-${new Date().toISOString().slice(0, 10)}`}
        emptyWords="Each sign-in, and each change of an account or an operator, leaves an event here."
      />
    </>
  );
}

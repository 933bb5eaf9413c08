import { PageHeader } from '@/parts/PageHeader';

export function AuditPage() {
  return <PageHeader title="Audit log" />;
}

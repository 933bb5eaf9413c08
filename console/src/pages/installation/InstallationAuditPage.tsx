import { PageHeader } from '@/parts/PageHeader';

export function InstallationAuditPage() {
  return <PageHeader title="Audit log" />;
}

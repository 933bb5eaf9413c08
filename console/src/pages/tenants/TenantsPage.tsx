import { PageHeader } from '@/parts/PageHeader';

export function TenantsPage() {
  return <PageHeader title="Tenants" />;
}

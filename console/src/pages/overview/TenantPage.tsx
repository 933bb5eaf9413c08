import { PageHeader } from '@/parts/PageHeader';

export function TenantPage() {
  return <PageHeader title="Overview" />;
}

import { PageHeader } from '@/parts/PageHeader';

export function AppsPage() {
  return <PageHeader title="Apps" />;
}

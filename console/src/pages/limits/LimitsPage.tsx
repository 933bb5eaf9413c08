import { PageHeader } from '@/parts/PageHeader';

export function LimitsPage() {
  return <PageHeader title="Limits" />;
}

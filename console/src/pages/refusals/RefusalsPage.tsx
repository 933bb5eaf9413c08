import { PageHeader } from '@/parts/PageHeader';

export function RefusalsPage() {
  return <PageHeader title="Refusals" />;
}

import { PageHeader } from '@/parts/PageHeader';

export function ExplainPage() {
  return <PageHeader title="Explain" />;
}

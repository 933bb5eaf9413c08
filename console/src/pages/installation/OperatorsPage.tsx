import { PageHeader } from '@/parts/PageHeader';

export function OperatorsPage() {
  return <PageHeader title="Operators" />;
}

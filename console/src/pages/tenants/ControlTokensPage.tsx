import { PageHeader } from '@/parts/PageHeader';

export function ControlTokensPage() {
  return <PageHeader title="Control tokens" />;
}

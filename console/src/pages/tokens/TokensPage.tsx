import { PageHeader } from '@/parts/PageHeader';

export function TokensPage() {
  return <PageHeader title="Token tool" />;
}

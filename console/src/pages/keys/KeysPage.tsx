import { PageHeader } from '@/parts/PageHeader';

export function KeysPage() {
  return <PageHeader title="Keys" />;
}

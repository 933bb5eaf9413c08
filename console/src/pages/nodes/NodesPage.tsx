import { PageHeader } from '@/parts/PageHeader';

export function NodesPage() {
  return <PageHeader title="Nodes" />;
}

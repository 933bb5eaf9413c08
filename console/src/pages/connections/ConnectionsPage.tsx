import { PageHeader } from '@/parts/PageHeader';

export function ConnectionsPage() {
  return <PageHeader title="Connections" />;
}

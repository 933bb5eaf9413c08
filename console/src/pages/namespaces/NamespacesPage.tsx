import { PageHeader } from '@/parts/PageHeader';

export function NamespacesPage() {
  return <PageHeader title="Namespaces" />;
}

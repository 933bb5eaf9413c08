import { PageHeader } from '@/parts/PageHeader';

export function AppPage() {
  return <PageHeader title="Overview" />;
}

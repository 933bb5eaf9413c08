import { PageHeader } from '@/parts/PageHeader';

export function HomePage() {
  return <PageHeader title="Overview" />;
}

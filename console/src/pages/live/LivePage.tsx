import { PageHeader } from '@/parts/PageHeader';

export function LivePage() {
  return <PageHeader title="Live" />;
}

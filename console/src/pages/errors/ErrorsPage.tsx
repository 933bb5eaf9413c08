import { PageHeader } from '@/parts/PageHeader';

export function ErrorsPage() {
  return <PageHeader title="Error catalogue" />;
}

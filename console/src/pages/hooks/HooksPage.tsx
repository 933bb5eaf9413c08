import { PageHeader } from '@/parts/PageHeader';

export function HooksPage() {
  return <PageHeader title="Hooks" />;
}

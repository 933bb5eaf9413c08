import { PageHeader } from '@/parts/PageHeader';

export function AccountPage() {
  return <PageHeader title="Account" />;
}

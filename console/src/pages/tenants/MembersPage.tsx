import { PageHeader } from '@/parts/PageHeader';

export function MembersPage() {
  return <PageHeader title="Members" />;
}

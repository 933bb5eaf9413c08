import { PageHeader } from '@/parts/PageHeader';

export function InvitationPage() {
  return <PageHeader title="Invitation" />;
}

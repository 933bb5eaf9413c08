import { PageHeader } from '@/parts/PageHeader';

export function TenantSettingsPage() {
  return <PageHeader title="Settings" />;
}

import { PageHeader } from '@/parts/PageHeader';

export function AppSettingsPage() {
  return <PageHeader title="Settings" />;
}

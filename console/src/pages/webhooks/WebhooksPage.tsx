import { PageHeader } from '@/parts/PageHeader';

export function WebhooksPage() {
  return <PageHeader title="Webhooks" />;
}

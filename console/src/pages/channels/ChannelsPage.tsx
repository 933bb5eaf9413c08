import { PageHeader } from '@/parts/PageHeader';

export function ChannelsPage() {
  return <PageHeader title="Channels" />;
}

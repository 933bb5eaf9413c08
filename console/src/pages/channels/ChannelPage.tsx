import { PageHeader } from '@/parts/PageHeader';

export function ChannelPage() {
  return <PageHeader title="Channel" />;
}

import { SimpleGrid } from '@mantine/core';
import { whole } from '@/charts/format';
import { StatTile } from '@/parts/StatTile';
import type { ChannelDetail } from './ChannelPage';

const KEPT: Record<ChannelDetail['durability'], string> = {
  none: 'messages are not kept',
  window: 'kept for a while',
  durable: 'kept in the database',
};

/** How the channel is now. */
export function ChannelFigures({ channel }: { channel: ChannelDetail | undefined }) {
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="md" mb="md">
      <StatTile label="Subscribers" value={channel && whole(channel.occupancy.subscribers)} hint={channel ? `${whole(channel.occupancy.connections)} ${channel.occupancy.connections === 1 ? 'connection' : 'connections'}` : ' '} />
      <StatTile label="Messages so far" value={channel && whole(channel.seq)} hint={channel ? (channel.epoch === null ? 'never used' : `epoch ${channel.epoch}`) : ' '} />
      <StatTile label="Kept now" value={channel && (channel.firstSeq == null ? '0' : whole(channel.seq - channel.firstSeq + 1))} hint={channel ? (channel.firstSeq == null ? 'nothing to read back' : `from #${whole(channel.firstSeq)} on`) : ' '} />
      <StatTile label="Durability" value={channel?.durability} hint={channel ? KEPT[channel.durability] : ' '} />
    </SimpleGrid>
  );
}

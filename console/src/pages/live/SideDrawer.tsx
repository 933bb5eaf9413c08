import { Drawer } from '@mantine/core';
import { EventDetail } from '@/live/EventDetail';
import { PublishTester } from '@/live/PublishTester';
import type { SideProps } from './Side';

/** The same from below, where there is no room beside the list. */
export default function SideDrawer(props: SideProps & { onClose: () => void }) {
  const { appId, event, draft, onDraft, onAgain, shown, onClose } = props;
  return (
    <Drawer opened onClose={onClose} position="bottom" size="80%" title={shown === 'event' ? 'Event' : 'Publish'} closeButtonProps={{ 'aria-label': 'Close' }}>
      {shown === 'event' ? <EventDetail appId={appId} event={event} onAgain={onAgain} /> : <PublishTester appId={appId} draft={draft} onDraft={onDraft} />}
    </Drawer>
  );
}

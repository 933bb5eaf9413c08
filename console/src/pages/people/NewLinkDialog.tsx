import { Modal } from '@mantine/core';
import { InvitationShown } from './InvitationShown';

export interface Props {
  opened: boolean;
  onClose: () => void;
  email: string;
  url: string | undefined;
  expiresAt: string | undefined;
}

export function NewLinkDialog(props: Props) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="New invitation link" closeButtonProps={{ 'aria-label': 'Close' }} closeOnClickOutside={false}>
      {props.url && <InvitationShown email={props.email} url={props.url} expiresAt={props.expiresAt} onClose={props.onClose} />}
    </Modal>
  );
}

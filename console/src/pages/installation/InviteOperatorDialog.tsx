import { Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { api, take } from '@/api/client';
import { InviteForm } from '@/pages/people/InviteForm';

export interface Props {
  opened: boolean;
  onClose: () => void;
}

export function InviteOperatorDialog(props: Props) {
  const queryClient = useQueryClient();
  const invite = async (email: string) => {
    const operator = await take(api.POST('/v1/operators', { body: { email } }));
    void queryClient.invalidateQueries({ queryKey: ['operators'] });
    return operator;
  };
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="Invite an operator" closeButtonProps={{ 'aria-label': 'Close' }} closeOnClickOutside={false}>
      <InviteForm placeholder="linus@acme.example" invite={invite} onClose={props.onClose} />
    </Modal>
  );
}

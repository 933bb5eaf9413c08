import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take } from '@/api/client';
import { InvitationShown } from '@/pages/people/InvitationShown';
import { RefusalAlert } from '@/parts/RefusalAlert';

export interface Props {
  opened: boolean;
  onClose: () => void;
}

export function InviteOperatorDialog(props: Props) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="Invite an operator" closeButtonProps={{ 'aria-label': 'Close' }} closeOnClickOutside={false}>
      <Invite onClose={props.onClose} />
    </Modal>
  );
}

function Invite(props: { onClose: () => void }) {
  const queryClient = useQueryClient();
  const [email, setEmail] = useState('');
  const invite = useMutation({
    mutationFn: () => take(api.POST('/v1/operators', { body: { email: email.trim() } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['operators'] }),
  });
  if (invite.data) return <InvitationShown email={invite.data.email} url={invite.data.invitationUrl} expiresAt={invite.data.invitationExpiresAt} onClose={props.onClose} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        invite.mutate();
      }}
    >
      <Stack gap="md">
        <TextInput
          data-autofocus
          label="E-mail"
          type="email"
          required
          withAsterisk={false}
          autoComplete="off"
          placeholder="linus@acme.example"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        {invite.error && <RefusalAlert error={invite.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={invite.isPending}>
            Make the link
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

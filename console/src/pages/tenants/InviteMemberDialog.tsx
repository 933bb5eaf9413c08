import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take } from '@/api/client';
import { RefusalError } from '@/api/refusal';
import type { Role } from '@/api/session';
import { InvitationShown } from '@/pages/people/InvitationShown';
import { RoleChoice } from '@/pages/people/RoleChoice';
import { RefusalAlert } from '@/parts/RefusalAlert';

export interface Props {
  tenantId: string;
  own: Role | 'operator' | undefined;
  opened: boolean;
  onClose: () => void;
}

export function InviteMemberDialog(props: Props) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="Invite a member" closeButtonProps={{ 'aria-label': 'Close' }} closeOnClickOutside={false}>
      <Form {...props} />
    </Modal>
  );
}

function Form(props: Props) {
  const { tenantId } = props;
  const queryClient = useQueryClient();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('developer');
  const invite = useMutation({
    mutationFn: () => take(api.POST('/v1/tenants/{tenantId}/members', { params: { path: { tenantId } }, body: { email: email.trim(), role } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['tenants', tenantId, 'members'] }),
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
          placeholder="grace@acme.example"
          value={email}
          error={invite.error instanceof RefusalError ? invite.error.fieldError('email') : undefined}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <RoleChoice value={role} onChange={setRole} own={props.own} />
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

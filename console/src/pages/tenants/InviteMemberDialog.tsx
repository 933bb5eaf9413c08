import { Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take } from '@/api/client';
import type { Role } from '@/api/session';
import { InviteForm } from '@/pages/people/InviteForm';
import { RoleChoice } from '@/pages/people/RoleChoice';

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

function Form({ tenantId, own, onClose }: Props) {
  const queryClient = useQueryClient();
  const [role, setRole] = useState<Role>('developer');
  const invite = async (email: string) => {
    const member = await take(api.POST('/v1/tenants/{tenantId}/members', { params: { path: { tenantId } }, body: { email, role } }));
    void queryClient.invalidateQueries({ queryKey: ['tenants', tenantId, 'members'] });
    return member;
  };
  return (
    <InviteForm placeholder="grace@acme.example" invite={invite} onClose={onClose}>
      <RoleChoice value={role} onChange={setRole} own={own} />
    </InviteForm>
  );
}

import { ActionIcon } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, Link2, UserMinus } from 'lucide-react';
import { api, done, take } from '@/api/client';
import { NewLink } from '@/pages/people/NewLink';
import { ConfirmByName } from '@/parts/ConfirmByName';
import { DropItem, DropMenu } from '@/parts/DropMenu';
import { failed, said } from '@/parts/toast';
import type { Member } from './MembersPage';

export function MemberActions(props: { member: Member }) {
  const { member } = props;
  const path = { tenantId: member.tenantId, memberId: member.id };
  const who = member.name ?? member.email;
  const queryClient = useQueryClient();
  const [removing, remove] = useDisclosure();
  const refresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['tenants', member.tenantId, 'members'] });
  const renew = useMutation({
    mutationFn: () => take(api.POST('/v1/tenants/{tenantId}/members/{memberId}/invitation', { params: { path } })),
    onSuccess: refresh,
    onError: failed,
  });
  const invited = member.status === 'invited';
  return (
    <>
      <DropMenu
        label={`What can be done with ${who}`}
        align="end"
        width={220}
        trigger={(trigger) => (
          <ActionIcon {...trigger} aria-label={`What can be done with ${who}`}>
            <Ellipsis size={16} aria-hidden />
          </ActionIcon>
        )}
      >
        {invited && (
          <DropItem icon={Link2} onClick={() => renew.mutate()}>
            New invitation link
          </DropItem>
        )}
        <DropItem danger icon={UserMinus} onClick={remove.open}>
          {invited ? 'Withdraw the invitation' : 'Remove from the tenant'}
        </DropItem>
      </DropMenu>
      <NewLink opened={renew.data !== undefined} onClose={renew.reset} email={member.email} url={renew.data?.invitationUrl} expiresAt={renew.data?.expiresAt} />
      <ConfirmByName
        opened={removing}
        onClose={remove.close}
        title={invited ? 'Withdraw the invitation' : 'Remove from the tenant'}
        name={member.email}
        confirm={invited ? 'Withdraw' : 'Remove'}
        onConfirm={async () => {
          await done(api.DELETE('/v1/tenants/{tenantId}/members/{memberId}', { params: { path } }));
          remove.close();
          said(invited ? 'Invitation withdrawn' : `${who} is a member no longer`);
          await refresh();
        }}
      >
        {invited ? 'The link is good no longer.' : `${who} loses access to this tenant within five seconds. The account itself stays.`}
      </ConfirmByName>
    </>
  );
}

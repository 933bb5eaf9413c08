import { Button, NativeSelect, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { UserPlus, Users } from 'lucide-react';
import { api, take, type Schema } from '@/api/client';
import { useTenant } from '@/api/queries';
import { reaches, roleIn, ROLES, sessionQuery, useSession, type Role } from '@/api/session';
import { tenantRoute } from '@/app/parents';
import { isPast, PersonCell } from '@/pages/people/PersonCell';
import { DataTable } from '@/parts/DataTable';
import { EmptyState } from '@/parts/EmptyState';
import { PageHeader } from '@/parts/PageHeader';
import { Panel } from '@/parts/Panel';
import { RelativeTime } from '@/parts/RelativeTime';
import { failed, said } from '@/parts/toast';
import { usePages } from '@/parts/use-pages';
import { InviteMember } from './InviteMember';
import { MemberActions } from './MemberActions';

export type Member = Schema<'TenantMember'>;

export function MembersPage() {
  const { tenantId } = tenantRoute.useParams();
  const tenant = useTenant(tenantId);
  const session = useSession();
  const own = roleIn(session, tenantId);
  const owner = reaches(own, 'owner');
  const [inviting, invite] = useDisclosure();
  const list = usePages(['tenants', tenantId, 'members'], (cursor) =>
    take(api.GET('/v1/tenants/{tenantId}/members', { params: { path: { tenantId }, query: { limit: 100, ...(cursor && { cursor }) } } })),
  );
  const button = owner && (
    <Button leftSection={<UserPlus size={16} aria-hidden />} onClick={invite.open}>
      Invite a member
    </Button>
  );
  return (
    <>
      <PageHeader title="Members" description={`People who work on ${tenant.name}, each with a role.`} actions={button} />
      <Panel flush>
        <DataTable
          {...list}
          label={`Members of ${tenant.name}`}
          rowKey={(member) => member.id}
          columns={[
            {
              key: 'Person',
              render: (member) => (
                <PersonCell
                  name={member.name}
                  email={member.email}
                  you={member.email.toLowerCase() === session.account.email?.toLowerCase()}
                  status={member.status}
                  expired={isPast(member.invitationExpiresAt)}
                />
              ),
            },
            { key: 'Role', width: 130, render: (member) => (owner ? <RoleSelect member={member} /> : <Text size="sm">{member.role}</Text>) },
            { key: 'Last seen', from: 'sm', width: 150, render: (member) => <RelativeTime at={member.lastSeenAt} /> },
            { key: 'Since', from: 'md', width: 150, render: (member) => <RelativeTime at={member.createdAt} /> },
            ...(owner ? [{ key: 'do', title: <span className="tg-unseen">Do</span>, width: 50, align: 'right' as const, render: (member: Member) => <MemberActions member={member} /> }] : []),
          ]}
          empty={
            <EmptyState icon={Users} title="Nobody is a member yet" action={button}>
              Operators see every tenant. Invite those who work on this one: owners look after members, admins after apps and keys, developers debug, viewers read.
            </EmptyState>
          }
        />
      </Panel>
      <InviteMember tenantId={tenantId} own={own} opened={inviting} onClose={invite.close} />
    </>
  );
}

function RoleSelect(props: { member: Member }) {
  const { member } = props;
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: (role: Role) => take(api.PATCH('/v1/tenants/{tenantId}/members/{memberId}', { params: { path: { tenantId: member.tenantId, memberId: member.id } }, body: { role } })),
    onSuccess: (fresh) => said(`${fresh.name ?? fresh.email} is ${fresh.role} now`),
    onError: failed,
    onSettled: async () => {
      await queryClient.invalidateQueries({ queryKey: ['tenants', member.tenantId, 'members'] });
      await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
  return (
    <NativeSelect
      size="xs"
      w={112}
      aria-label={`Role of ${member.name ?? member.email}`}
      data={[...ROLES]}
      value={change.isPending ? change.variables : member.role}
      disabled={change.isPending}
      onChange={(event) => change.mutate(event.currentTarget.value as Role)}
    />
  );
}

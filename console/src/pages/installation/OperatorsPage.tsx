import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { UserCog, UserPlus } from 'lucide-react';
import { api, take } from '@/api/client';
import { useSession } from '@/api/session';
import { isPast, PersonCell } from '@/pages/people/PersonCell';
import { DataTable } from '@/parts/DataTable';
import { EmptyState } from '@/parts/EmptyState';
import { PageHeader } from '@/parts/PageHeader';
import { Panel } from '@/parts/Panel';
import { RelativeTime } from '@/parts/RelativeTime';
import { usePages } from '@/parts/use-pages';
import { InviteOperator } from './InviteOperator';
import { RemoveOperator } from './RemoveOperator';

export function OperatorsPage() {
  const session = useSession();
  const [inviting, invite] = useDisclosure();
  const list = usePages(['operators'], (cursor) => take(api.GET('/v1/operators', { params: { query: { limit: 100, ...(cursor && { cursor }) } } })));
  const button = session.account.operator ? (
    <Button leftSection={<UserPlus size={16} aria-hidden />} onClick={invite.open}>
      Invite an operator
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeader title="Operators" description="People who run this installation: they see and may change everything, in every tenant. The operator token of the settings is none of them." actions={button} />
      <Panel flush>
        <DataTable
          {...list}
          label="Operators"
          rowKey={(operator) => operator.id}
          columns={[
            {
              key: 'Person',
              render: (operator) => (
                <PersonCell
                  name={operator.name}
                  email={operator.email}
                  you={operator.email !== null && operator.email.toLowerCase() === session.account.email?.toLowerCase()}
                  status={operator.status}
                  expired={isPast(operator.invitationExpiresAt)}
                />
              ),
            },
            { key: 'Last seen', from: 'sm', width: 150, render: (operator) => <RelativeTime at={operator.lastSeenAt} /> },
            { key: 'Since', from: 'md', width: 150, render: (operator) => <RelativeTime at={operator.createdAt} /> },
            { key: 'do', title: <span className="tg-unseen">Do</span>, width: 110, align: 'right', render: (operator) => <RemoveOperator operator={operator} /> },
          ]}
          empty={
            <EmptyState icon={UserCog} title="No operator has an account" action={button}>
              Invite those who run this installation, so that each has a sign-in of their own and the log says who did what.
            </EmptyState>
          }
        />
      </Panel>
      <InviteOperator opened={inviting} onClose={invite.close} />
    </>
  );
}

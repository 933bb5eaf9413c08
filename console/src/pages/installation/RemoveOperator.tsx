import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { api, done, type Schema } from '@/api/client';
import { ConfirmByName } from '@/parts/ConfirmByName';
import { said } from '@/parts/toast';

export function RemoveOperator(props: { operator: Schema<'Operator'> }) {
  const { operator } = props;
  const queryClient = useQueryClient();
  const [opened, dialog] = useDisclosure();
  const invited = operator.status === 'invited';
  return (
    <>
      <Button size="compact-xs" variant="default" aria-label={`${invited ? 'Withdraw the invitation of' : 'Remove'} ${operator.name ?? operator.email}`} onClick={dialog.open}>
        {invited ? 'Withdraw' : 'Remove'}
      </Button>
      <ConfirmByName
        opened={opened}
        onClose={dialog.close}
        title={invited ? 'Withdraw the invitation' : 'Remove the operator'}
        name={operator.email ?? operator.name ?? operator.id}
        confirm={invited ? 'Withdraw' : 'Remove'}
        onConfirm={async () => {
          await done(api.DELETE('/v1/operators/{operatorId}', { params: { path: { operatorId: operator.id } } }));
          dialog.close();
          said(invited ? 'Invitation withdrawn' : `${operator.name ?? operator.email} is an operator no longer`);
          await queryClient.invalidateQueries({ queryKey: ['operators'] });
        }}
      >
        {invited ? 'The link is good no longer.' : 'Within five seconds this person may do what tenants let their members do, and no more.'}
      </ConfirmByName>
    </>
  );
}

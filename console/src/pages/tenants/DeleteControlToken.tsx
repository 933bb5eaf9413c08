import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { api, done, type Schema } from '@/api/client';
import { ConfirmByName } from '@/parts/ConfirmByName';
import { said } from '@/parts/toast';

export function DeleteControlToken(props: { token: Schema<'ControlToken'> }) {
  const { token } = props;
  const queryClient = useQueryClient();
  const [opened, dialog] = useDisclosure();
  return (
    <>
      <Button size="compact-xs" variant="default" aria-label={`Delete ${token.name}`} onClick={dialog.open}>
        Delete
      </Button>
      <ConfirmByName
        opened={opened}
        onClose={dialog.close}
        title="Delete the control token"
        name={token.name}
        confirm="Delete this token"
        onConfirm={async () => {
          await done(api.DELETE('/v1/tenants/{tenantId}/control-tokens/{tokenId}', { params: { path: { tenantId: token.tenantId, tokenId: token.id } } }));
          dialog.close();
          said(`${token.name} is deleted`);
          await queryClient.invalidateQueries({ queryKey: ['tenants', token.tenantId, 'control-tokens'] });
        }}
      >
        Whatever uses it is refused everywhere within five seconds.
      </ConfirmByName>
    </>
  );
}

import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { appApi, done } from '@/api/client';
import { ConfirmByName } from '@/parts/ConfirmByName';
import { RefusalAlert } from '@/parts/RefusalAlert';
import { said } from '@/parts/toast';

/** One connection: a client that is well comes back at once, so a question is enough. */
export function DisconnectOne(props: { appId: string; id: string; opened: boolean; onClose: () => void; onDone: () => void; children?: ReactNode }) {
  const closing = useMutation({
    mutationFn: () => done(appApi(props.appId).DELETE('/v1/connections/{connectionId}', { params: { path: { connectionId: props.id } } })),
    onSuccess: () => {
      props.onClose();
      said('The connection is being closed');
      props.onDone();
    },
  });
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="Disconnect this connection?" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="md">
        <Text size="sm">
          It is closed within 5 seconds, whichever node it is on. Its client is told, and may connect again with the same token: revoke the token first to keep it away.
        </Text>
        {closing.error && <RefusalAlert error={closing.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose} data-autofocus>
            Cancel
          </Button>
          <Button color="red" loading={closing.isPending} onClick={() => closing.mutate()}>
            Disconnect
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** All of a client's connections. */
export function DisconnectClient(props: { appId: string; client: string; opened: boolean; onClose: () => void; onDone: () => Promise<void> }) {
  return (
    <ConfirmByName
      opened={props.opened}
      onClose={props.onClose}
      title="Disconnect a client everywhere"
      name={props.client}
      confirm="Disconnect this client"
      onConfirm={async () => {
        await done(appApi(props.appId).POST('/v1/clients/{clientId}/disconnect', { params: { path: { clientId: props.client } } }));
        props.onClose();
        said('Its connections are being closed');
        await props.onDone();
      }}
    >
      All its connections are closed within 5 seconds, on all nodes. Its tokens stay good: revoke them first to keep it away.
    </ConfirmByName>
  );
}

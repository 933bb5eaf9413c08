import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { appApi, done } from '@/api/client';
import { useAct } from '@/forms/use-act';
import { RefusalAlert } from '@/parts/RefusalAlert';
import { said } from '@/parts/toast';

export interface Props {
  appId: string;
  id: string;
  opened: boolean;
  onClose: () => void;
  onDone: () => void;
}

/** One connection: a client that is well comes back at once, so a question is enough. */
export function DisconnectOneDialog(props: Props) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="Disconnect this connection?" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Question {...props} />
    </Modal>
  );
}

function Question({ appId, id, onClose, onDone }: Props) {
  const { busy, error, act } = useAct();
  const disconnect = (): Promise<void> =>
    act(async () => {
      await done(appApi(appId).DELETE('/v1/connections/{connectionId}', { params: { path: { connectionId: id } } }));
      onClose();
      said('The connection is being closed');
      onDone();
    });
  return (
    <Stack gap="md">
      <Text size="sm">
        It is closed within 5 seconds, whichever node it is on. Its client is told, and may connect again with the same token: revoke the token first to keep it away.
      </Text>
      {error !== null && <RefusalAlert error={error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>
          Cancel
        </Button>
        <Button color="red" loading={busy} onClick={() => void disconnect()}>
          Disconnect
        </Button>
      </Group>
    </Stack>
  );
}

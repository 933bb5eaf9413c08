import { appApi, done } from '@/api/client';
import { ConfirmByName } from '@/parts/ConfirmByName';
import { said } from '@/parts/toast';

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

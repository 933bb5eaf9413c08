import { Button } from '@mantine/core';
import { useState } from 'react';
import { api, done } from '@/api/client';
import { ConfirmByName } from '@/parts/ConfirmByName';
import { RelativeTime } from '@/parts/RelativeTime';
import { said } from '@/parts/toast';
import type { Key } from './keys';

export function RevokeKey(props: { shown: Key; onRevoked: () => Promise<void> }) {
  const { shown: key } = props;
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button color="red" variant="light" onClick={() => setOpened(true)}>
        Revoke
      </Button>
      <ConfirmByName
        opened={opened}
        onClose={() => setOpened(false)}
        title="Revoke this key"
        name={key.name}
        confirm="Revoke the key"
        onConfirm={async () => {
          await done(api.DELETE('/v1/apps/{appId}/keys/{keyId}', { params: { path: { appId: key.appId, keyId: key.id } } }));
          await props.onRevoked();
          setOpened(false);
          said(`${key.name} is revoked.`);
        }}
      >
        <code>{key.keyName}</code> and every token signed with it are refused (40131) within 5 s, and live connections are closed. This cannot be
        undone. It was last used <RelativeTime at={key.lastUsedAt} />.
      </ConfirmByName>
    </>
  );
}

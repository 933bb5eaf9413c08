import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { Choice } from '@/forms/Choice';
import { useState } from 'react';
import { api, take, type Schema } from '@/api/client';
import { useAct } from '@/forms/use-act';
import { RefusalAlert } from '@/parts/RefusalAlert';
import { failed } from '@/parts/toast';
import type { Key } from './keys';
import { endOfOld, OVERLAPS } from './rotation';

export interface Props {
  opened: boolean;
  onClose: () => void;
  shown: Key;
  onRotated: (created: Schema<'KeyCreated'>) => void;
  onChanged: () => Promise<void>;
}

/** A new key with the same capabilities; the old one gets an end, so that both are good for a while. */
export function RotateKeyDialog(props: Props) {
  const { shown: key } = props;
  const [hours, setHours] = useState('168');
  const { busy, error, act, clear } = useAct();
  const close = (): void => {
    props.onClose();
    clear();
  };
  const rotate = (): Promise<void> =>
    act(async () => {
      const { appId, id: keyId, name, capabilities } = key;
      const created = await take(api.POST('/v1/apps/{appId}/keys', { params: { path: { appId } }, body: { name, capabilities, expiresAt: null } }));
      // The new secret is shown whatever becomes of the old key's end: it exists only in this answer.
      props.onRotated(created);
      const expiresAt = endOfOld(key.expiresAt, Number(hours), Date.now());
      await take(api.PATCH('/v1/apps/{appId}/keys/{keyId}', { params: { path: { appId, keyId } }, body: { expiresAt } })).catch(failed);
      await props.onChanged();
    });
  return (
    <Modal opened={props.opened} onClose={close} title="Rotate this key" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="md">
        <Text size="sm">
          A second key is made with the same name and capabilities. Both are good until the old one expires: time to give the new one to
          everything that uses <code>{key.keyName}</code>.
        </Text>
        <Choice label="The old key stays good for" data={OVERLAPS} value={hours} onChange={setHours} />
        <Alert variant="light" color="yellow">
          When it expires, tokens signed with it end too. Let the overlap be longer than your tokens live.
        </Alert>
        {error !== null && <RefusalAlert error={error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button loading={busy} onClick={() => void rotate()}>
            Make the new key
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

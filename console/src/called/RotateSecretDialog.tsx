import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Choice } from '@/forms/Choice';
import { useAct } from '@/forms/use-act';
import { RefusalAlert } from '@/parts/RefusalAlert';
import { SecretOnce } from '@/parts/SecretOnce';

const OVERLAPS: readonly { readonly value: string; readonly label: string }[] = [
  { value: '0', label: 'not at all: it leaked' },
  { value: '3600', label: 'an hour' },
  { value: '86400', label: 'a day' },
  { value: '604800', label: 'a week' },
];

export interface Props {
  opened: boolean;
  onClose: () => void;
  previousExpiresAt: string | null;
  /** Makes the new secret and answers it. */
  rotate: (overlapSeconds: number) => Promise<string>;
  /** The secret was seen, and the dialog is closed. */
  onDone: () => void;
}

export function RotateSecretDialog(props: Props) {
  const [overlap, setOverlap] = useState('86400');
  const [secret, setSecret] = useState<string | null>(null);
  const { busy, error, act, clear } = useAct();
  const close = (): void => {
    props.onClose();
    if (secret !== null) props.onDone();
    setSecret(null);
    clear();
  };
  return (
    <Modal opened={props.opened} onClose={close} title={secret === null ? 'Another secret' : 'The new secret'} size="lg" closeOnClickOutside={false} closeButtonProps={{ 'aria-label': 'Close' }}>
      {secret !== null ? (
        <Stack gap="md">
          <SecretOnce value={secret} what="secret" />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              I have copied it
            </Button>
          </Group>
        </Stack>
      ) : (
        <Stack gap="md">
          <Text size="sm">
            Until the old one ends each call carries a signature by either, and a call is genuine when one of them fits: give your receivers the new
            secret meanwhile, and nothing is lost.
          </Text>
          <Choice label="The old secret stays good" data={OVERLAPS} value={overlap} onChange={setOverlap} />
          {props.previousExpiresAt !== null && (
            <Alert variant="light" color="yellow">
              At most two are good at a time: the one that is on its way out already ends at once.
            </Alert>
          )}
          {error !== null && <RefusalAlert error={error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button loading={busy} onClick={() => void act(async () => setSecret(await props.rotate(Number(overlap))))}>
              Make the new secret
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

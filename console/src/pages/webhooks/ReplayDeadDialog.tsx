import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useAct } from '@/forms/use-act';
import { RefusalAlert } from '@/parts/RefusalAlert';
import { replayDead } from './replay';
import type { Webhook } from './webhooks';

export interface Props {
  opened: boolean;
  onClose: () => void;
  webhook: Webhook;
  onDone: () => Promise<void>;
}

/** Sends all dead letters again, and tells how far it is. */
export function ReplayDeadDialog(props: Props) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="Send all dead letters again" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Replaying {...props} />
    </Modal>
  );
}

function Replaying({ webhook, onClose, onDone }: Props) {
  const [replayed, setReplayed] = useState(0);
  const [finished, setFinished] = useState(false);
  const stopped = useRef(false);
  const { busy, error, act } = useAct();
  // Closing the dialog stops it behind the round that is under way.
  useEffect(() => {
    stopped.current = false;
    return () => {
      stopped.current = true;
    };
  }, []);
  const start = (): void =>
    void act(async () => {
      await replayDead(webhook.appId, webhook.id, setReplayed, () => stopped.current);
      setFinished(true);
      await onDone();
    });
  return (
    <Stack gap="md">
      <Text size="sm">
        They are queued in the order in which they were queued first, behind what waits in their channels, with the same event ids, for another 24
        h. Your receiver takes each as many times as it comes: it keeps the ids of what it has handled.
      </Text>
      <Text size="sm" role="status">
        {finished ? `${replayed.toLocaleString('en')} are queued again.` : busy ? `${replayed.toLocaleString('en')} queued again so far…` : ''}
      </Text>
      {error !== null && <RefusalAlert error={error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {finished ? 'Close' : busy ? 'Stop' : 'Cancel'}
        </Button>
        {!finished && (
          <Button loading={busy} onClick={start}>
            Replay them
          </Button>
        )}
      </Group>
    </Stack>
  );
}

import { Button, Group, Modal, Progress, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
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
  const { webhook } = props;
  const [replayed, setReplayed] = useState<number | null>(null);
  const [finished, setFinished] = useState(false);
  const stopped = useRef(false);
  const { busy, error, act, clear } = useAct();
  const close = (): void => {
    stopped.current = true;
    props.onClose();
    setReplayed(null);
    setFinished(false);
    clear();
  };
  const start = (): void => {
    stopped.current = false;
    void act(async () => {
      await replayDead(webhook.appId, webhook.id, setReplayed, () => stopped.current);
      setFinished(true);
      await props.onDone();
    });
  };
  return (
    <Modal opened={props.opened} onClose={close} title="Send all dead letters again" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="md">
        <Text size="sm">
          They are queued in the order in which they were queued first, behind what waits in their channels, with the same event ids, for another 24
          h. Your receiver takes each as many times as it comes: it keeps the ids of what it has handled.
        </Text>
        {(busy || finished) && (
          <div aria-live="polite">
            <Progress value={finished ? 100 : 60} animated={busy} aria-label="Replaying" mb="xs" />
            <Text size="sm">
              {finished ? `${(replayed ?? 0).toLocaleString('en')} are queued again.` : `${(replayed ?? 0).toLocaleString('en')} queued again so far…`}
            </Text>
          </div>
        )}
        {error !== null && <RefusalAlert error={error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {finished ? 'Close' : busy ? 'Stop' : 'Cancel'}
          </Button>
          {!finished && (
            <Button loading={busy} onClick={start}>
              Replay them
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

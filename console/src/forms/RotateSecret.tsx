import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { RelativeTime } from '@/parts/RelativeTime';
import { whenOpened } from '@/parts/when-opened';
import type { Props } from './RotateSecretDialog';

const RotateSecretDialog = whenOpened<Props>(() => import('./RotateSecretDialog').then((module) => module.RotateSecretDialog));

/** Another secret for what signs its calls; for a while each call carries a signature by either. Of webhooks and hooks alike. */
export function RotateSecret(props: Omit<Props, 'opened' | 'onClose'>) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Group gap="sm">
        <Button variant="default" onClick={() => setOpened(true)}>
          Give it another secret
        </Button>
        {props.previousExpiresAt !== null && (
          <Text size="sm" c="dimmed">
            The one before is still good, and ends <RelativeTime at={props.previousExpiresAt} />.
          </Text>
        )}
      </Group>
      <RotateSecretDialog {...props} opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}

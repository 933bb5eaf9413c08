import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { Panel } from '@/parts/Panel';
import { RelativeTime } from '@/parts/RelativeTime';
import { whenOpened } from '@/parts/when-opened';
import type { Props } from './RotateSecretDialog';

const RotateSecretDialog = whenOpened<Props>(() => import('./RotateSecretDialog').then((module) => module.RotateSecretDialog));

/** Another secret for what signs its calls; for a while each call carries a signature by either. */
export function RotateSecret(props: Omit<Props, 'opened' | 'onClose'>) {
  const [opened, setOpened] = useState(false);
  return (
    <Panel title="Secret" description="What its calls are signed with. It was shown when it was made.">
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
    </Panel>
  );
}

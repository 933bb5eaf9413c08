import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useSession } from '@/api/session';
import { OnBadge } from '@/parts/OnBadge';
import { Panel } from '@/parts/Panel';
import { AddSecondFactor } from './AddSecondFactor';
import { RemoveSecondFactor } from './RemoveSecondFactor';

export function SecondFactorPanel() {
  const { account } = useSession();
  const [adding, add] = useDisclosure();
  const [removing, remove] = useDisclosure();
  const on = account.secondFactor;
  return (
    <>
      <Panel
        title={
          <>
            Second factor <OnBadge on={on} />
          </>
        }
        description="A code of an authenticator app beside the password: who learns the password alone stays outside."
        actions={
          on ? (
            <Button variant="default" onClick={remove.open}>
              Remove
            </Button>
          ) : (
            <Button variant="default" disabled={!account.hasPassword} onClick={add.open}>
              Set up
            </Button>
          )
        }
      >
        {!account.hasPassword && (
          <Text size="sm" c="dimmed">
            Set a password first.
          </Text>
        )}
      </Panel>
      <AddSecondFactor opened={adding} onClose={add.close} />
      <RemoveSecondFactor opened={removing} onClose={remove.close} />
    </>
  );
}

import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { RefusalAlert } from './RefusalAlert';

export interface Props {
  opened: boolean;
  onClose: () => void;
  /** "Delete app". */
  title: string;
  /** What must be typed. */
  name: string;
  /** The button: "Delete this app". */
  confirm: string;
  children?: ReactNode;
  onConfirm: () => Promise<void>;
}

/**
 * Asks before what cannot be undone: the button works once the thing's name has been typed.
 * `onConfirm` may fail; the refusal is shown and the dialog stays.
 */
export function ConfirmByNameDialog(props: Props) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Body {...props} />
    </Modal>
  );
}

function Body(props: { name: string; confirm: string; children?: ReactNode; onConfirm: () => Promise<void>; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const matches = typed.trim() === props.name;
  const act = async (): Promise<void> => {
    if (!matches || busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await props.onConfirm();
    } catch (failed) {
      setError(failed as Error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void act();
      }}
    >
      <Stack gap="md">
        {props.children && (
          <Text size="sm" component="div">
            {props.children}
          </Text>
        )}
        <TextInput
          data-autofocus
          autoComplete="off"
          spellCheck={false}
          label={
            <>
              Type <b>{props.name}</b> to confirm
            </>
          }
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {error && <RefusalAlert error={error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit" color="red" disabled={!matches} loading={busy}>
            {props.confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

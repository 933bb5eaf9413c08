import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { RefusalAlert } from './RefusalAlert';

export interface Props {
  opened: boolean;
  onClose: () => void;
  title: string;
  label: string;
  placeholder?: string;
  hint?: string;
  button: string;
  busy: boolean;
  error: Error | null;
  onName: (name: string) => void;
  onReset: () => void;
}

/** Asks for a name, the one thing that most things need to be made. */
export function NameDialogBox(props: Props) {
  const close = (): void => {
    props.onReset();
    props.onClose();
  };
  return (
    <Modal opened={props.opened} onClose={close} title={props.title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Form {...props} onClose={close} />
    </Modal>
  );
}

function Form(props: Props) {
  const [name, setName] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        props.onName(name.trim());
      }}
    >
      <Stack gap="md">
        <TextInput
          data-autofocus
          label={props.label}
          description={props.hint}
          placeholder={props.placeholder}
          required
          withAsterisk={false}
          maxLength={100}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {props.error && <RefusalAlert error={props.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={name.trim() === ''} loading={props.busy}>
            {props.button}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

import { Button, Group, Modal, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, done } from '@/api/client';
import { sessionQuery } from '@/api/session';
import { RefusalAlert } from '@/parts/RefusalAlert';
import { said } from '@/parts/toast';

export interface Props {
  opened: boolean;
  onClose: () => void;
}

export function RemoveSecondFactorDialog(props: Props) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="Remove the second factor" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Form onClose={props.onClose} />
    </Modal>
  );
}

function Form(props: { onClose: () => void }) {
  const queryClient = useQueryClient();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const remove = useMutation({
    mutationFn: () => done(api.POST('/v1/session/second-factor/remove', { body: { password, code: code.trim() } })),
    onSuccess: async () => {
      props.onClose();
      said('Second factor removed');
      await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        remove.mutate();
      }}
    >
      <Stack gap="md">
        <PasswordInput
          label="Your password"
          autoComplete="current-password"
          data-autofocus
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <TextInput
          label="A code, or a recovery code"
          autoComplete="one-time-code"
          required
          withAsterisk={false}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        {remove.error && <RefusalAlert error={remove.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit" color="red" loading={remove.isPending}>
            Remove it
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

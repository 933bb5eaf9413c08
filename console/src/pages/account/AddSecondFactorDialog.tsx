import { Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take } from '@/api/client';
import { sessionQuery } from '@/api/session';
import { CopyButton } from '@/parts/CopyButton';
import { QrCode } from '@/parts/QrCode';
import { RefusalAlert } from '@/parts/RefusalAlert';
import { SecretOnce } from '@/parts/SecretOnce';

export interface Props {
  opened: boolean;
  onClose: () => void;
}

/** The password, the secret as a QR code, a first code of it, the recovery codes. */
export function AddSecondFactorDialog(props: Props) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="Set up a second factor" closeButtonProps={{ 'aria-label': 'Close' }} closeOnClickOutside={false}>
      <Steps onClose={props.onClose} />
    </Modal>
  );
}

function Steps(props: { onClose: () => void }) {
  const queryClient = useQueryClient();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const begin = useMutation({ mutationFn: () => take(api.POST('/v1/session/second-factor', { body: { password } })) });
  const confirm = useMutation({
    mutationFn: () => take(api.PUT('/v1/session/second-factor', { body: { code: code.trim() } })),
    // It is on, however this dialog is left. Nobody waits for it: the codes are shown at once.
    onSuccess: () => void Promise.all([queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey }), queryClient.invalidateQueries({ queryKey: ['own-sessions'] })]),
  });
  if (confirm.data) {
    return (
      <Stack gap="md">
        <SecretOnce
          what="list of recovery codes"
          value={confirm.data.recoveryCodes.join('\n')}
          note="Each lets you in once when the authenticator is lost. They are shown this once: keep them where the authenticator is not."
        />
        <Button onClick={props.onClose}>I have kept them</Button>
      </Stack>
    );
  }
  if (!begin.data) {
    return (
      <form
        onSubmit={(event) => {
          event.preventDefault();
          begin.mutate();
        }}
      >
        <Stack gap="md">
          <PasswordInput
            label="Your password"
            description="So that nobody else sets one up at your desk."
            autoComplete="current-password"
            data-autofocus
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          {begin.error && <RefusalAlert error={begin.error} />}
          <Button type="submit" loading={begin.isPending}>
            Go on
          </Button>
        </Stack>
      </form>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        confirm.mutate();
      }}
    >
      <Stack gap="md">
        <Text size="sm">Scan this with an authenticator app, then type the code that it shows.</Text>
        <Group justify="center">
          <QrCode value={begin.data.uri} size={196} label="QR code with the secret for the authenticator app" />
        </Group>
        <Group gap={6} justify="center">
          <Text size="xs" c="dimmed">
            Or type the secret:
          </Text>
          <code className="tg-mono">{begin.data.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
          <CopyButton value={begin.data.secret} what="secret" />
        </Group>
        <TextInput
          label="Code"
          placeholder="123456"
          autoComplete="one-time-code"
          inputMode="numeric"
          data-autofocus
          autoFocus
          required
          withAsterisk={false}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        {confirm.error && <RefusalAlert error={confirm.error} />}
        <Button type="submit" loading={confirm.isPending}>
          Turn it on
        </Button>
      </Stack>
    </form>
  );
}

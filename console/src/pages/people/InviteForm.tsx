import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { RefusalError } from '@/api/refusal';
import { useMaking } from '@/forms/use-making';
import { RefusalAlert } from '@/parts/RefusalAlert';
import { InvitationShown } from './InvitationShown';

interface Invited {
  readonly email: string | null;
  readonly invitationUrl: string;
  readonly invitationExpiresAt: string | null;
}

/** Asks for an e-mail, and shows the link that its owner is sent. `children`: what else is asked. */
export function InviteForm(props: { placeholder: string; invite: (email: string) => Promise<Invited>; onClose: () => void; children?: ReactNode }) {
  const [email, setEmail] = useState('');
  const { busy, error, made, make } = useMaking<Invited>();
  if (made !== null) return <InvitationShown email={made.email} url={made.invitationUrl} expiresAt={made.invitationExpiresAt} onClose={props.onClose} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        make({}, () => props.invite(email.trim()));
      }}
    >
      <Stack gap="md">
        <TextInput
          data-autofocus
          label="E-mail"
          type="email"
          required
          withAsterisk={false}
          autoComplete="off"
          placeholder={props.placeholder}
          value={email}
          error={error instanceof RefusalError ? error.fieldError('email') : undefined}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        {props.children}
        {error !== null && <RefusalAlert error={error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={busy}>
            Make the link
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

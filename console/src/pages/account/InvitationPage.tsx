import { Badge, Button, Loader, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { api, take, type Schema } from '@/api/client';
import { sessionQuery, type Session } from '@/api/session';
import { brought, onBrought } from '@/app/fragment';
import { useSignOut } from '@/app/shell/use-sign-out';
import { ErrorView } from '@/parts/ErrorView';
import { RefusalAlert } from '@/parts/RefusalAlert';
import { RelativeTime } from '@/parts/RelativeTime';
import { failed } from '@/parts/toast';
import { Outside } from './Outside';
import { SignInForm } from './SignInForm';

/** What an invitation's link opens: says what it is for; makes an account, or adds to the one that there is. */
export function InvitationPage() {
  const [invitation, setInvitation] = useState(brought.invitation);
  useEffect(() => onBrought(() => setInvitation(brought.invitation)), []);
  const opened = useQuery({
    queryKey: ['invitation', invitation],
    queryFn: () => take(api.POST('/v1/invitations/open', { body: { invitation: invitation ?? '' } })),
    enabled: invitation !== undefined,
    staleTime: Infinity,
  });
  const session = useQuery(sessionQuery);
  if (invitation === undefined) {
    return (
      <Outside title="Invitation">
        <Text size="sm">This address is complete only with what stands behind its #. Open the link of the invitation again.</Text>
      </Outside>
    );
  }
  if (opened.error) {
    return (
      <Outside title="Invitation">
        <Stack>
          <RefusalAlert error={opened.error} title="This invitation cannot be used" />
          <Text size="sm" c="dimmed">
            It may have been used, withdrawn, or replaced by a newer link; each is good for seven days. Ask for a new one.
          </Text>
        </Stack>
      </Outside>
    );
  }
  if (session.error && session.data === undefined) {
    return (
      <Outside title="Invitation">
        <ErrorView error={session.error} reset={() => void session.refetch()} />
      </Outside>
    );
  }
  if (!opened.data || session.data === undefined) {
    return (
      <Outside title="Invitation">
        <Stack align="center" py="lg" role="status" aria-label="Loading">
          <Loader aria-hidden />
        </Stack>
      </Outside>
    );
  }
  return <Accept key={invitation} invitation={invitation} offer={opened.data} session={session.data} />;
}

function Accept(props: { invitation: string; offer: Schema<'Invitation'>; session: Session | null }) {
  const { offer, session } = props;
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const accept = useMutation({
    mutationFn: (person: { name?: string; password?: string }) => take(api.POST('/v1/invitations/accept', { body: { invitation: props.invitation, ...person } })),
    onSuccess: (fresh) => {
      delete brought.invitation;
      queryClient.clear();
      queryClient.setQueryData(sessionQuery.queryKey, fresh);
      void navigate({ to: '/' });
    },
  });
  const where = offer.tenantName ?? 'this installation';
  const own = session?.account.email?.toLowerCase() === offer.email.toLowerCase();
  return (
    <Outside
      title={`Join ${where}`}
      description={
        <>
          {offer.invitedBy ?? 'An operator'} invites <b>{offer.email}</b> as <Badge>{offer.role}</Badge>
        </>
      }
      footer={
        <>
          The link ends <RelativeTime at={offer.expiresAt} />.
        </>
      }
    >
      {!offer.accountExists && <NewAccount email={offer.email} busy={accept.isPending} error={accept.error} onAccept={accept.mutate} />}
      {offer.accountExists && own && (
        <Stack>
          {accept.error && <RefusalAlert error={accept.error} />}
          <Button size="md" loading={accept.isPending} onClick={() => accept.mutate({})}>
            Accept as {session?.account.name}
          </Button>
        </Stack>
      )}
      {offer.accountExists && !own && session !== null && (
        <Stack>
          <Text size="sm">
            You are signed in as <b>{session.account.email ?? session.account.name}</b>, and the invitation is for somebody else.
          </Text>
          <Button variant="default" onClick={() => void signOut().catch(failed)}>
            Sign out
          </Button>
        </Stack>
      )}
      {offer.accountExists && session === null && <SignInForm email={offer.email} onDone={() => accept.mutate({})} />}
    </Outside>
  );
}

function NewAccount(props: { email: string; busy: boolean; error: Error | null; onAccept: (person: { name: string; password: string }) => void }) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        props.onAccept({ name: name.trim(), password });
      }}
    >
      <Stack gap="md">
        <input type="hidden" name="email" autoComplete="username" value={props.email} readOnly />
        <TextInput label="Your name" name="name" autoComplete="name" required withAsterisk={false} maxLength={100} autoFocus value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <PasswordInput
          label="A password"
          description="10 characters at least; a few words that go together for nobody else are best."
          name="password"
          autoComplete="new-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {props.error && <RefusalAlert error={props.error} />}
        <Button type="submit" size="md" loading={props.busy}>
          Accept and sign in
        </Button>
      </Stack>
    </form>
  );
}

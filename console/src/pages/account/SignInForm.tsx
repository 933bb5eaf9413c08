import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take } from '@/api/client';
import { Code, RefusalError } from '@/api/refusal';
import { sessionQuery, type Session } from '@/api/session';
import { RefusalAlert } from '@/parts/RefusalAlert';

/** E-mail and password, then the second factor's code where there is one. */
export function SignInForm(props: { email?: string; onDone: (session: Session) => void }) {
  const queryClient = useQueryClient();
  const [email, setEmail] = useState(props.email ?? '');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [asksForCode, setAsksForCode] = useState(false);
  const signIn = useMutation({
    mutationFn: () => take(api.POST('/v1/session', { body: { email: email.trim(), password, ...(asksForCode && { code: code.trim() }) } })),
    onSuccess: (session) => {
      queryClient.setQueryData(sessionQuery.queryKey, session);
      props.onDone(session);
    },
    onError: (error) => {
      if (error instanceof RefusalError && error.code === Code.secondFactorNeeded) setAsksForCode(true);
    },
  });
  // The first 40151 is the question, not a mistake.
  const asked = signIn.error instanceof RefusalError && signIn.error.code === Code.secondFactorNeeded && code === '';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        signIn.mutate();
      }}
    >
      <Stack gap="md">
        {!asksForCode && (
          <>
            <TextInput
              label="E-mail"
              type="email"
              name="email"
              autoComplete="username"
              required
              withAsterisk={false}
              autoFocus={!props.email}
              readOnly={props.email !== undefined}
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <PasswordInput
              label="Password"
              name="password"
              autoComplete="current-password"
              required
              withAsterisk={false}
              autoFocus={props.email !== undefined}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          </>
        )}
        {asksForCode && (
          <TextInput
            label="Code"
            description="The six digits that your authenticator app shows, or one of your recovery codes."
            name="code"
            autoComplete="one-time-code"
            inputMode="text"
            required
            withAsterisk={false}
            autoFocus
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        )}
        {signIn.error && !asked && <RefusalAlert error={signIn.error} />}
        <Button type="submit" size="md" fullWidth loading={signIn.isPending}>
          {asksForCode ? 'Go on' : 'Sign in'}
        </Button>
        {asksForCode && (
          <Button
            variant="subtle"
            color="gray"
            onClick={() => {
              setAsksForCode(false);
              setCode('');
              signIn.reset();
            }}
          >
            Sign in as somebody else
          </Button>
        )}
      </Stack>
    </form>
  );
}

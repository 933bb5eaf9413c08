import { Button, Loader, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';
import { api, take } from '@/api/client';
import { sessionQuery, type Session } from '@/api/session';
import { brought, onBrought } from '@/app/fragment';
import { RefusalAlert } from '@/parts/RefusalAlert';
import { isInside } from './next';
import { Outside } from './Outside';
import { SignInForm } from './SignInForm';

export function SignInPage() {
  const { next } = useSearch({ from: '/sign-in' });
  const router = useRouter();
  const navigate = useNavigate();
  const [link, setLink] = useState(brought.link);
  const onDone = useCallback(
    (session: Session) => {
      // Who came by a link has no other way in yet.
      if (!session.account.hasPassword || session.account.email === null) void navigate({ to: '/account' });
      else if (next !== undefined && isInside(next)) router.history.push(router.history.createHref(`/console${next}`));
      else void navigate({ to: '/' });
    },
    [navigate, next, router],
  );
  useEffect(() => onBrought(() => setLink(brought.link)), []);
  if (link !== undefined) return <ByLink key={link} onDone={onDone} onOther={() => setLink(undefined)} />;
  return (
    <Outside
      title="Sign in"
      description="To this installation's console."
      footer="No account? Ask an owner of your tenant for an invitation. Whoever runs this installation finds a one-time link in the gateway's first lines."
    >
      <SignInForm onDone={onDone} />
    </Outside>
  );
}

function ByLink(props: { onDone: (session: Session) => void; onOther: () => void }) {
  const { onDone } = props;
  const queryClient = useQueryClient();
  const signIn = useMutation({
    mutationFn: (link: string) => take(api.POST('/v1/session', { body: { link } })),
    onSuccess: (session) => {
      queryClient.clear();
      queryClient.setQueryData(sessionQuery.queryKey, session);
      onDone(session);
    },
  });
  const { mutate } = signIn;
  useEffect(() => {
    // Good once: whoever renders this twice still asks once.
    const link = brought.link;
    if (link === undefined) return;
    delete brought.link;
    mutate(link);
  }, [mutate]);
  return (
    <Outside title="Sign in" description="With a one-time link.">
      {signIn.error ? (
        <Stack>
          <RefusalAlert error={signIn.error} />
          <Text size="sm" c="dimmed">
            A link is good once, for ten minutes. Start the gateway again for a new one.
          </Text>
          <Button variant="default" onClick={props.onOther}>
            Sign in with a password
          </Button>
        </Stack>
      ) : (
        <Stack align="center" py="lg" role="status">
          <Loader aria-hidden />
          <Text size="sm">Signing in…</Text>
        </Stack>
      )}
    </Outside>
  );
}

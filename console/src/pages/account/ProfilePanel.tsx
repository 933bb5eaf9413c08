import { Button, Group, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take } from '@/api/client';
import { RefusalError } from '@/api/refusal';
import { sessionQuery, useSession } from '@/api/session';
import { Panel } from '@/parts/Panel';
import { RefusalAlert } from '@/parts/RefusalAlert';
import { said } from '@/parts/toast';

export function ProfilePanel() {
  const { account } = useSession();
  const queryClient = useQueryClient();
  const [name, setName] = useState(account.name);
  const [email, setEmail] = useState(account.email ?? '');
  const changed = { ...(name.trim() !== account.name && { name: name.trim() }), ...(email.trim() !== (account.email ?? '') && { email: email.trim() }) };
  const save = useMutation({
    mutationFn: () => take(api.PATCH('/v1/session', { body: changed })),
    onSuccess: (session) => {
      queryClient.setQueryData(sessionQuery.queryKey, session);
      setName(session.account.name);
      setEmail(session.account.email ?? '');
      said('Saved');
    },
  });
  const fieldError = (field: string): string | undefined => (save.error instanceof RefusalError ? save.error.fieldError(field) : undefined);
  return (
    <Panel title="Name and e-mail">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack gap="md">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput label="Name" autoComplete="name" required withAsterisk={false} maxLength={100} value={name} error={fieldError('name')} onChange={(event) => setName(event.currentTarget.value)} />
            <TextInput
              label="E-mail"
              type="email"
              autoComplete="email"
              required
              withAsterisk={false}
              value={email}
              error={fieldError('email')}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
          </SimpleGrid>
          {save.error && <RefusalAlert error={save.error} />}
          <Group>
            <Button type="submit" disabled={Object.keys(changed).length === 0} loading={save.isPending}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}

import { Button, Group, PasswordInput, SimpleGrid, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, done } from '@/api/client';
import { sessionQuery, useSession } from '@/api/session';
import { Panel } from '@/parts/Panel';
import { RefusalAlert } from '@/parts/RefusalAlert';
import { said } from '@/parts/toast';

export function PasswordPanel() {
  const { account } = useSession();
  const queryClient = useQueryClient();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const save = useMutation({
    mutationFn: () => done(api.PUT('/v1/session/password', { body: { password, ...(account.hasPassword && { current }) } })),
    onSuccess: async () => {
      setCurrent('');
      setPassword('');
      said('Password set. Your other sessions are ended.');
      await Promise.all([queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey }), queryClient.invalidateQueries({ queryKey: ['own-sessions'] })]);
    },
  });
  return (
    <Panel title="Password" description={account.hasPassword ? 'A new one ends your other sessions.' : 'There is none yet.'}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack gap="md">
          <input type="hidden" name="email" autoComplete="username" value={account.email ?? ''} readOnly />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {account.hasPassword && (
              <PasswordInput
                label="Current password"
                autoComplete="current-password"
                required
                withAsterisk={false}
                value={current}
                onChange={(event) => setCurrent(event.currentTarget.value)}
              />
            )}
            <PasswordInput
              label="New password"
              placeholder="10 characters at least"
              autoComplete="new-password"
              required
              withAsterisk={false}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          </SimpleGrid>
          {save.error && <RefusalAlert error={save.error} />}
          <Group>
            <Button type="submit" disabled={password === ''} loading={save.isPending}>
              {account.hasPassword ? 'Change the password' : 'Set the password'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}

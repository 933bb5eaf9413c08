import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take, type Schema } from '@/api/client';
import type { Role } from '@/api/session';
import { expiresAt, type Expiry } from '@/forms/expiry';
import { ExpiryField } from '@/forms/ExpiryField';
import { useMaking } from '@/forms/use-making';
import { RoleChoice } from '@/pages/people/RoleChoice';
import { CodeBlock } from '@/parts/CodeBlock';
import { RefusalAlert } from '@/parts/RefusalAlert';
import { SecretOnce } from '@/parts/SecretOnce';

export interface Props {
  tenantId: string;
  own: Role | 'operator' | undefined;
  opened: boolean;
  onClose: () => void;
}

export function CreateControlTokenDialog(props: Props) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="Create a control token" closeButtonProps={{ 'aria-label': 'Close' }} closeOnClickOutside={false} size="lg">
      <Form {...props} />
    </Modal>
  );
}

function Form(props: Props) {
  const { tenantId } = props;
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>(props.own === 'viewer' || props.own === 'developer' ? props.own : 'admin');
  const [expiry, setExpiry] = useState<Expiry>({ choice: '90', at: '' });
  const { busy, error, tried, made, make } = useMaking<Schema<'ControlTokenCreated'>>();
  const end = expiresAt(expiry, Date.now());
  const create = (): void =>
    make('fault' in end ? end : {}, async () => {
      const body = { name: name.trim(), role, expiresAt: 'value' in end ? end.value : null };
      const token = await take(api.POST('/v1/tenants/{tenantId}/control-tokens', { params: { path: { tenantId } }, body }));
      void queryClient.invalidateQueries({ queryKey: ['tenants', tenantId, 'control-tokens'] });
      return token;
    });
  if (made !== null) {
    return (
      <Stack gap="md">
        <SecretOnce what="token" value={made.token} />
        <CodeBlock title="Try it" wrap code={`curl ${window.location.origin}/v1/tenants/${tenantId}/apps \\\n  -H 'Authorization: Bearer ${made.token}'`} />
        <Group justify="flex-end">
          <Button onClick={props.onClose}>Done</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create();
      }}
    >
      <Stack gap="md">
        <TextInput data-autofocus label="Name" placeholder="terraform" required withAsterisk={false} maxLength={100} autoComplete="off" value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <RoleChoice value={role} onChange={setRole} own={props.own} />
        <ExpiryField label="Expires" value={expiry} onChange={setExpiry} error={tried && 'fault' in end ? end.fault : undefined} />
        {error !== null && <RefusalAlert error={error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={name.trim() === ''} loading={busy}>
            Create
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

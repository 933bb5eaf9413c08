import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take } from '@/api/client';
import type { Role } from '@/api/session';
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

const LIFETIMES = [
  { value: '30', label: 'in 30 days' },
  { value: '90', label: 'in 90 days' },
  { value: '365', label: 'in a year' },
  { value: 'never', label: 'never' },
];

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
  const [days, setDays] = useState('90');
  const create = useMutation({
    mutationFn: () => {
      const expiresAt = days === 'never' ? null : new Date(Date.now() + Number(days) * 86_400_000).toISOString();
      return take(api.POST('/v1/tenants/{tenantId}/control-tokens', { params: { path: { tenantId } }, body: { name: name.trim(), role, expiresAt } }));
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['tenants', tenantId, 'control-tokens'] }),
  });
  if (create.data) {
    return (
      <Stack gap="md">
        <SecretOnce what="token" value={create.data.token} />
        <CodeBlock
          title="Try it"
          wrap
          code={`curl ${window.location.origin}/v1/tenants/${tenantId}/apps \\\n  -H 'Authorization: Bearer ${create.data.token}'`}
        />
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
        create.mutate();
      }}
    >
      <Stack gap="md">
        <TextInput data-autofocus label="Name" placeholder="terraform" required withAsterisk={false} maxLength={100} autoComplete="off" value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <RoleChoice value={role} onChange={setRole} own={props.own} />
        <Select label="Expires" data={LIFETIMES} value={days} onChange={(value) => setDays(value ?? '90')} maw={220} />
        {create.error && <RefusalAlert error={create.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={name.trim() === ''} loading={create.isPending}>
            Create
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take } from '@/api/client';
import { tenantQuery, useTenant } from '@/api/queries';
import { sessionQuery, useRole } from '@/api/session';
import { tenantRoute } from '@/app/parents';
import { CopyId } from '@/parts/CopyId';
import { Facts } from '@/parts/Facts';
import { PageHeader } from '@/parts/PageHeader';
import { Panel } from '@/parts/Panel';
import { RefusalAlert } from '@/parts/RefusalAlert';
import { RelativeTime } from '@/parts/RelativeTime';
import { said } from '@/parts/toast';
import { DeleteTenant } from './DeleteTenant';

export function TenantSettingsPage() {
  const { tenantId } = tenantRoute.useParams();
  const tenant = useTenant(tenantId);
  const may = useRole(tenantId);
  return (
    <>
      <PageHeader title="Tenant settings" />
      <Stack gap="lg" maw={760}>
        <Panel>
          <Facts
            facts={[
              ['Tenant id', <CopyId key="id" value={tenant.id} what="tenant id" />],
              ['Created', <RelativeTime key="created" at={tenant.createdAt} />],
              ['Changed', <RelativeTime key="changed" at={tenant.updatedAt} />],
            ]}
          />
        </Panel>
        <Rename key={tenantId} tenantId={tenantId} name={tenant.name} may={may('owner')} />
        {may('owner') && <DeleteTenant tenantId={tenantId} name={tenant.name} />}
      </Stack>
    </>
  );
}

function Rename(props: { tenantId: string; name: string; may: boolean }) {
  const queryClient = useQueryClient();
  // Until the first edit it follows what is read anew; then it stays as it was typed.
  const [edited, edit] = useState<string | null>(null);
  const name = edited ?? props.name;
  const save = useMutation({
    mutationFn: () => take(api.PATCH('/v1/tenants/{tenantId}', { params: { path: { tenantId: props.tenantId } }, body: { name: name.trim() } })),
    onSuccess: async (tenant) => {
      queryClient.setQueryData(tenantQuery(props.tenantId).queryKey, tenant);
      edit(null);
      said('Saved');
      await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
      await queryClient.invalidateQueries({ queryKey: ['tenants', 'all'] });
    },
  });
  return (
    <Panel title="Name">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack gap="md">
          <TextInput aria-label="Name" maw={420} maxLength={100} readOnly={!props.may} value={name} onChange={(event) => edit(event.currentTarget.value)} />
          {save.error && <RefusalAlert error={save.error} />}
          {props.may ? (
            <Group>
              <Button type="submit" disabled={name.trim() === '' || name.trim() === props.name} loading={save.isPending}>
                Save
              </Button>
            </Group>
          ) : (
            <Text size="sm" c="dimmed">
              An owner can change it.
            </Text>
          )}
        </Stack>
      </form>
    </Panel>
  );
}

import { Progress, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, done } from '@/api/client';
import { appsQuery } from '@/api/queries';
import { sessionQuery } from '@/api/session';
import { DeletePanel } from '@/forms/DeletePanel';
import { said } from '@/parts/toast';

/** Deletes app by app, so that it shows how far it is; then the tenant. Interrupted, what is left can be deleted again. */
export function DeleteTenant(props: { tenantId: string; name: string }) {
  const { tenantId } = props;
  const apps = useQuery(appsQuery(tenantId));
  const [gone, setGone] = useState<number>();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const count = apps.data?.length;
  const remove = async (): Promise<void> => {
    const all = await queryClient.fetchQuery(appsQuery(tenantId));
    setGone(0);
    try {
      for (const [index, app] of all.entries()) {
        await done(api.DELETE('/v1/apps/{appId}', { params: { path: { appId: app.id }, query: { cascade: true } } }));
        setGone(index + 1);
      }
      await done(api.DELETE('/v1/tenants/{tenantId}', { params: { path: { tenantId }, query: { cascade: true } } }));
    } catch (error) {
      setGone(undefined);
      await queryClient.invalidateQueries({ queryKey: ['tenants', tenantId, 'apps'] });
      throw error;
    }
    said(`${props.name} is deleted`);
    await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
    await navigate({ to: '/tenants' });
    queryClient.removeQueries({ queryKey: ['tenants', tenantId] });
    await queryClient.invalidateQueries({ queryKey: ['tenants'] });
  };
  return (
    <DeletePanel what="tenant" name={props.name} description="With its apps, keys, messages, members and log. Nothing of it comes back." onDelete={remove}>
      <Stack gap="sm">
        <Text size="sm">
          {count === undefined || count === 0 ? 'The tenant' : `The tenant and its ${count === 1 ? 'app' : `${count} apps`}`} will stop within five seconds: connections are closed, keys and
          tokens refused. Messages and everything else are erased within 24 hours.
        </Text>
        {gone !== undefined && count !== undefined && (
          <div role="status">
            <Progress value={count === 0 ? 100 : (gone / count) * 100} animated aria-label="Deletion" />
            <Text size="xs" c="dimmed" mt={4} className="tg-num">
              {gone} of {count} apps deleted
            </Text>
          </div>
        )}
      </Stack>
    </DeletePanel>
  );
}

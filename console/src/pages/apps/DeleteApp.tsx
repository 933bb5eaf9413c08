import { List, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { appTokens } from '@/api/app-token';
import { api, done, take, type Schema } from '@/api/client';
import { DeletePanel } from '@/forms/DeletePanel';
import { said } from '@/parts/toast';
import { howMany } from './how-many';

export function DeleteApp(props: { app: Schema<'App'> }) {
  const { app } = props;
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const remove = async (): Promise<void> => {
    await done(api.DELETE('/v1/apps/{appId}', { params: { path: { appId: app.id }, query: { cascade: true } } }));
    appTokens.forget(app.id);
    said(`${app.name} is deleted`);
    await navigate({ to: '/tenants/$tenantId/apps', params: { tenantId: app.tenantId } });
    queryClient.removeQueries({ queryKey: ['apps', app.id] });
    await queryClient.invalidateQueries({ queryKey: ['tenants', app.tenantId] });
  };
  return (
    <DeletePanel what="app" name={app.name} description="With its keys, namespaces, webhooks, hooks and messages. Nothing of it comes back." onDelete={remove}>
      <WhatGoes appId={app.id} />
    </DeletePanel>
  );
}

/** How much hangs on the app. */
function WhatGoes(props: { appId: string }) {
  const { data } = useQuery({
    queryKey: ['apps', props.appId, 'what-goes'],
    queryFn: async () => {
      const params = { path: { appId: props.appId }, query: { limit: 1000 } };
      const [keys, namespaces, webhooks, hooks] = await Promise.all([
        take(api.GET('/v1/apps/{appId}/keys', { params })),
        take(api.GET('/v1/apps/{appId}/namespaces', { params })),
        take(api.GET('/v1/apps/{appId}/webhooks', { params })),
        take(api.GET('/v1/apps/{appId}/hooks', { params })),
      ]);
      return { keys, namespaces, webhooks, hooks };
    },
  });
  return (
    <Stack gap="xs">
      <Text size="sm">Within five seconds its connections are closed and its keys and tokens refused. Messages are erased within 24 hours. With it go:</Text>
      <List size="sm" className="tg-num">
        <List.Item>{howMany(data?.keys, 'key')}, and all tokens signed with them</List.Item>
        <List.Item>{howMany(data?.namespaces, 'namespace')}</List.Item>
        <List.Item>{howMany(data?.webhooks, 'webhook')}, with what they have still to send</List.Item>
        <List.Item>{howMany(data?.hooks, 'hook')}</List.Item>
        <List.Item>all channels with their history</List.Item>
      </List>
    </Stack>
  );
}

import { Button, List, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { appTokens } from '@/api/app-token';
import { api, done, take, type Schema } from '@/api/client';
import { ConfirmByName } from '@/parts/ConfirmByName';
import { Panel } from '@/parts/Panel';
import { said } from '@/parts/toast';

export function DeleteApp(props: { app: Schema<'App'> }) {
  const { app } = props;
  const [opened, dialog] = useDisclosure();
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
    <>
      <Panel
        danger
        title="Delete this app"
        description="With its keys, namespaces, webhooks and messages. Nothing of it comes back."
        actions={
          <Button color="red" variant="outline" onClick={dialog.open}>
            Delete the app
          </Button>
        }
      />
      <ConfirmByName opened={opened} onClose={dialog.close} title="Delete the app" name={app.name} confirm="Delete this app" onConfirm={remove}>
        <WhatGoes appId={app.id} />
      </ConfirmByName>
    </>
  );
}

/** How much hangs on the app. */
function WhatGoes(props: { appId: string }) {
  const held = useQuery({
    queryKey: ['apps', props.appId, 'what-goes'],
    queryFn: async () => {
      const params = { path: { appId: props.appId }, query: { limit: 1000 } };
      const [keys, namespaces, webhooks] = await Promise.all([
        take(api.GET('/v1/apps/{appId}/keys', { params })),
        take(api.GET('/v1/apps/{appId}/namespaces', { params })),
        take(api.GET('/v1/apps/{appId}/webhooks', { params })),
      ]);
      return { keys: count(keys), namespaces: count(namespaces), webhooks: count(webhooks) };
    },
  });
  return (
    <Stack gap="xs">
      <Text size="sm">Within five seconds its connections are closed and its keys and tokens refused. Messages are erased within 24 hours. With it go:</Text>
      <List size="sm" className="tg-num">
        <List.Item>{held.data?.keys ?? '…'} keys, and all tokens signed with them</List.Item>
        <List.Item>{held.data?.namespaces ?? '…'} namespaces</List.Item>
        <List.Item>{held.data?.webhooks ?? '…'} webhooks, with what they have still to send</List.Item>
        <List.Item>all channels with their history</List.Item>
      </List>
    </Stack>
  );
}

function count(page: { items: unknown[]; next: string | null }): string {
  return page.next === null ? String(page.items.length) : `more than ${page.items.length}`;
}

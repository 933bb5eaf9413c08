import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, done } from '@/api/client';
import { ConfirmByName } from '@/parts/ConfirmByName';
import { said } from '@/parts/toast';
import { namespaceQuery, namespacesKey, type Namespace } from './namespaces';

export function DeleteNamespace(props: { appId: string; namespace: Namespace }) {
  const { appId } = props;
  const { name, durability } = props.namespace;
  const [opened, setOpened] = useState(false);
  const navigate = useNavigate();
  const queries = useQueryClient();
  return (
    <>
      <Button color="red" variant="light" onClick={() => setOpened(true)}>
        Delete
      </Button>
      <ConfirmByName
        opened={opened}
        onClose={() => setOpened(false)}
        title="Delete this namespace"
        name={name}
        confirm="Delete the namespace"
        onConfirm={async () => {
          await done(api.DELETE('/v1/apps/{appId}/namespaces/{name}', { params: { path: { appId, name } } }));
          said(`Namespace ${name} is deleted.`);
          await navigate({ to: '/apps/$appId/namespaces', params: { appId } });
          queries.removeQueries({ queryKey: namespaceQuery(appId, name).queryKey });
          await queries.invalidateQueries({ queryKey: namespacesKey(appId) });
        }}
      >
        Its channels fall to the next namespace that covers them, else to the default rules.
        {durability === 'durable' && ' They are durable now: where the rules that follow are not, what was published until now leaves their history.'}
      </ConfirmByName>
    </>
  );
}

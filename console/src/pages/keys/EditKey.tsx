import { Alert, Button, Group, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take } from '@/api/client';
import { useAct } from '@/forms/use-act';
import { RefusalAlert } from '@/parts/RefusalAlert';
import { said } from '@/parts/toast';
import { draftOf, fieldsOf } from './draft';
import { KeyForm } from './KeyForm';
import { keysKey, type Key } from './keys';

export function EditKey(props: { shown: Key; onClose: () => void }) {
  const { shown: key } = props;
  const [draft, setDraft] = useState(() => draftOf(key));
  const [tried, setTried] = useState(false);
  const queries = useQueryClient();
  const { busy, error, act } = useAct();
  const { fields, expiryFault } = fieldsOf(draft, Date.now());
  const save = (): void => {
    setTried(true);
    if (fields === null) return;
    void act(async () => {
      const path = { appId: key.appId, keyId: key.id };
      await take(api.PATCH('/v1/apps/{appId}/keys/{keyId}', { params: { path }, body: fields }));
      await queries.invalidateQueries({ queryKey: keysKey(key.appId) });
      said(`${fields.name} is changed. Live connections follow within 5 s.`);
      props.onClose();
    });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Stack gap="lg">
        <KeyForm value={draft} onChange={setDraft} shownFaults={tried} expiryFault={expiryFault} />
        <Alert variant="light" color="gray">
          What is taken from the key is taken from every token signed with it, on live connections too, within 5 s.
        </Alert>
        {error !== null && <RefusalAlert error={error} />}
        <Group gap="xs">
          <Button type="submit" loading={busy}>
            Save
          </Button>
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

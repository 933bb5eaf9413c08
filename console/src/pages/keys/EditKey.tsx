import { Alert, Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take } from '@/api/client';
import { ActForm } from '@/forms/ActForm';
import { useAct } from '@/forms/use-act';
import { said } from '@/parts/toast';
import { bodyOf, draftOf, faultsOf } from './draft';
import { KeyForm } from './KeyForm';
import { keysKey, type Key } from './keys';

export function EditKey(props: { shown: Key; onClose: () => void }) {
  const { shown: key } = props;
  const [draft, setDraft] = useState(() => draftOf(key));
  const queries = useQueryClient();
  const { busy, error, act } = useAct();
  const save = (): void => {
    if (Object.keys(faultsOf(draft, Date.now())).length > 0) return;
    void act(async () => {
      const path = { appId: key.appId, keyId: key.id };
      const changed = await take(api.PATCH('/v1/apps/{appId}/keys/{keyId}', { params: { path }, body: bodyOf(draft, Date.now()) }));
      await queries.invalidateQueries({ queryKey: keysKey(key.appId) });
      said(`${changed.name} is changed. Live connections follow within 5 s.`);
      props.onClose();
    });
  };
  return (
    <ActForm
      of={{ busy, error }}
      submit="Save"
      onSubmit={save}
      beside={
        <Button variant="default" onClick={props.onClose}>
          Cancel
        </Button>
      }
    >
      <KeyForm value={draft} onChange={setDraft} shownFaults />
      <Alert variant="light" color="gray">
        What is taken from the key is taken from every token signed with it, on live connections too, within 5 s.
      </Alert>
    </ActForm>
  );
}

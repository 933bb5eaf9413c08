import { Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useApp } from '@/api/queries';
import { useRole } from '@/api/session';
import { ActForm } from '@/forms/ActForm';
import { DeletePanel } from '@/forms/DeletePanel';
import { ReadOnly } from '@/forms/ReadOnly';
import { useAct } from '@/forms/use-act';
import { said } from '@/parts/toast';
import { RotateSecret } from './RotateSecret';

interface Of {
  readonly appId: string;
  readonly name: string;
  readonly previousSecretExpiresAt: string | null;
}

/** The settings of a webhook or a hook: its fields, its secret and its end; who may not change them reads the fields. */
export function CalledSettings<Draft extends { readonly name: string }>(props: {
  /** "hook". */
  what: string;
  of: Of;
  /** As it was read. */
  read: Draft;
  faultsOf: (draft: Draft) => object;
  form: (draft: Draft, onChange: (draft: Draft) => void) => ReactNode;
  /** Done when the page has what was saved. */
  save: (draft: Draft) => Promise<void>;
  /** Answers the new secret. */
  rotate: (overlapSeconds: number) => Promise<string>;
  /** Done when the page of it is left. */
  remove: () => Promise<void>;
  /** Reads anew whatever shows it. */
  refresh: () => Promise<void>;
  /** What goes with it. */
  goes: string;
  /** What follows when it goes. */
  warning: string;
}) {
  const { what, of, read, faultsOf, refresh } = props;
  const may = useRole(useApp(of.appId).tenantId)('admin');
  // Until the first edit it follows what is read anew; then it stays as it was typed.
  const [edited, edit] = useState<Draft | null>(null);
  const draft = edited ?? read;
  const { busy, error, act } = useAct();
  const save = (): void => {
    if (Object.keys(faultsOf(draft)).length > 0) return;
    void act(async () => {
      await props.save(draft);
      edit(null);
      said(`${draft.name.trim()} is saved. It holds within 10 s everywhere.`);
      await refresh();
    });
  };
  const form = props.form(draft, edit);
  if (!may) return <ReadOnly>{form}</ReadOnly>;
  return (
    <Stack gap="lg">
      <ActForm of={{ busy, error }} submit="Save" onSubmit={save}>
        {form}
      </ActForm>
      <RotateSecret previousExpiresAt={of.previousSecretExpiresAt} rotate={props.rotate} onDone={() => void refresh()} />
      <DeletePanel
        what={what}
        name={of.name}
        description={props.goes}
        onDelete={async () => {
          await props.remove();
          said(`${of.name} is deleted.`);
          await refresh();
        }}
      >
        {props.warning}
      </DeletePanel>
    </Stack>
  );
}

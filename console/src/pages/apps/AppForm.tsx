import { Button, Group, Stack, Switch, TagsInput, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take, type Schema } from '@/api/client';
import { appQuery } from '@/api/queries';
import { RefusalError } from '@/api/refusal';
import { Panel } from '@/parts/Panel';
import { RefusalAlert } from '@/parts/RefusalAlert';
import { said } from '@/parts/toast';
import { originFault } from './origins';

interface Draft {
  readonly name: string;
  readonly origins: string[];
  readonly previews: boolean;
}

function draftOf({ name, settings }: Schema<'App'>): Draft {
  return { name, origins: settings.allowedOrigins, previews: settings.messagePreviews };
}

/** Name and settings of an app; who may not change them reads them. */
export function AppForm(props: { app: Schema<'App'>; may: boolean }) {
  const { app, may } = props;
  const queryClient = useQueryClient();
  // Until the first edit it follows what is read anew; then it stays as it was typed.
  const [edited, edit] = useState<Draft | null>(null);
  const draft = edited ?? draftOf(app);
  const { name, origins, previews } = draft;
  const faults = origins.map(originFault).filter((fault) => fault !== undefined);
  const changed = name.trim() !== app.name || previews !== app.settings.messagePreviews || origins.join(' ') !== app.settings.allowedOrigins.join(' ');
  const save = useMutation({
    mutationFn: () => take(api.PATCH('/v1/apps/{appId}', { params: { path: { appId: app.id } }, body: { name: name.trim(), settings: { allowedOrigins: origins, messagePreviews: previews } } })),
    onSuccess: async (fresh) => {
      queryClient.setQueryData(appQuery(app.id).queryKey, fresh);
      edit(null);
      said('Saved');
      await queryClient.invalidateQueries({ queryKey: ['tenants', app.tenantId, 'apps'] });
    },
  });
  const fieldError = (field: string): string | undefined => (save.error instanceof RefusalError ? save.error.fieldError(field) : undefined);
  return (
    <Panel title="Name and settings">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack gap="md">
          <TextInput label="Name" maw={420} maxLength={100} readOnly={!may} error={fieldError('name')} value={name} onChange={(event) => edit({ ...draft, name: event.currentTarget.value })} />
          <TagsInput
            label="Allowed origins"
            description="Pages of these origins may connect: scheme, host and port, such as https://chat.acme.example; * is any page. Backends and apps send no origin and always may."
            placeholder={origins.length === 0 ? 'https://chat.acme.example' : 'Another'}
            readOnly={!may}
            maxTags={100}
            splitChars={[',', ' ']}
            acceptValueOnBlur
            value={origins}
            error={faults[0] ?? fieldError('allowedOrigins')}
            onChange={(next) => edit({ ...draft, origins: next })}
          />
          <Switch
            label="Show what is published in the live log"
            description="The beginning of each message, to those who may read the app's log. Off: only that there was one, how large, and from whom."
            disabled={!may}
            checked={previews}
            onChange={(event) => edit({ ...draft, previews: event.currentTarget.checked })}
          />
          {save.error && <RefusalAlert error={save.error} />}
          {may ? (
            <Group>
              <Button type="submit" disabled={!changed || name.trim() === '' || faults.length > 0} loading={save.isPending}>
                Save
              </Button>
            </Group>
          ) : (
            <Text size="sm" c="dimmed">
              An admin can change them.
            </Text>
          )}
        </Stack>
      </form>
    </Panel>
  );
}

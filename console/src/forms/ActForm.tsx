import { Button, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { RefusalAlert } from '@/parts/RefusalAlert';
import type { Act } from './use-act';

/** A page's form: its fields, why the gateway refused it, and the button that sends it. `beside`: what leads away without. */
export function ActForm(props: { of: Pick<Act, 'busy' | 'error'>; submit: string; onSubmit: () => void; beside?: ReactNode; children: ReactNode }) {
  const { busy, error } = props.of;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit();
      }}
    >
      <Stack gap="lg">
        {props.children}
        {error !== null && <RefusalAlert error={error} />}
        <Group gap="xs">
          <Button type="submit" loading={busy}>
            {props.submit}
          </Button>
          {props.beside}
        </Group>
      </Stack>
    </form>
  );
}

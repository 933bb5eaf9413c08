import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { ConfirmByName } from './ConfirmByName';

it('nothing is destroyed before its name has been typed', async () => {
  let destroyed = 0;
  render(
    <MantineProvider>
      <ConfirmByName
        opened
        onClose={() => undefined}
        title="Delete the app"
        name="production"
        confirm="Delete this app"
        onConfirm={async () => {
          destroyed++;
        }}
      />
    </MantineProvider>,
  );
  const person = userEvent.setup();
  const field = await screen.findByLabelText(/Type production/);
  await person.type(field, 'productio{Enter}');
  expect(destroyed).toBe(0);
  expect((screen.getByRole('button', { name: 'Delete this app' }) as HTMLButtonElement).disabled).toBe(true);
  await person.type(field, 'n{Enter}');
  expect(destroyed).toBe(1);
});

it('a refusal is shown, and the dialog stays', async () => {
  render(
    <MantineProvider>
      <ConfirmByName opened onClose={() => undefined} title="Remove" name="x" confirm="Remove" onConfirm={() => Promise.reject(new Error('The last owner stays'))} />
    </MantineProvider>,
  );
  await userEvent.setup().type(await screen.findByLabelText(/Type x/), 'x{Enter}');
  expect(await screen.findByText('The last owner stays')).toBeTruthy();
});

import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { WholeNumber } from './WholeNumber';

function Form() {
  const [value, setValue] = useState(100);
  return (
    <MantineProvider>
      <form aria-label="Form">
        <WholeNumber label="Messages" min={1} max={1000} value={value} onChange={setValue} />
        <output>{value}</output>
      </form>
    </MantineProvider>
  );
}

test('AFormIsNotSentWithANumberThatIsNone', async () => {
  render(<Form />);
  const person = userEvent.setup();
  const field = screen.getByLabelText<HTMLInputElement>('Messages');
  const form = screen.getByRole<HTMLFormElement>('form', { name: 'Form' });
  await person.clear(field);
  await person.type(field, '5000');
  await person.tab();
  // What was typed stays to be seen: the last good value must not be saved in its place.
  expect(field.value).toBe('5000');
  expect(form.checkValidity()).toBe(false);
  await person.clear(field);
  await person.type(field, '500');
  expect(form.checkValidity()).toBe(true);
  expect(screen.getByRole('status').textContent).toBe('500');
});

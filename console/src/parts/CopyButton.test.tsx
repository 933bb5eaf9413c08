import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { CopyButton } from './CopyButton';
import { Toasts } from './Toasts';

function show(): void {
  render(
    <MantineProvider>
      <Toasts />
      <CopyButton value="482913.k1:s3cret" label="Copy key" />
    </MantineProvider>,
  );
}

test('WhatWasCopiedIsSaid', async () => {
  const person = userEvent.setup();
  show();
  await person.click(screen.getByRole('button', { name: 'Copy key' }));
  await screen.findByRole('button', { name: 'Copied' });
  expect(await navigator.clipboard.readText()).toBe('482913.k1:s3cret');
});

test('ABrowserThatDoesNotCopyIsNeverSaidToHaveCopied', async () => {
  const person = userEvent.setup();
  // As on a page that did not come safely.
  Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });
  show();
  await person.click(screen.getByRole('button', { name: 'Copy key' }));
  await screen.findByText(/does not let this page copy/);
  expect(screen.queryByRole('button', { name: 'Copied' })).toBeNull();
});

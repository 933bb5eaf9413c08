import { MantineProvider } from '@mantine/core';
import { render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { expect, it } from 'vitest';
import { DataTable, type Column } from './DataTable';

interface Row {
  id: string;
  name: string;
}

const rows: Row[] = [
  { id: '1', name: 'one' },
  { id: '2', name: 'two' },
  { id: '3', name: 'three' },
];
const columns: Column<Row>[] = [{ key: 'Name', render: (row) => row.name }];

function show(node: ReactNode): void {
  render(<MantineProvider>{node}</MantineProvider>);
}

it('rows are gone through and opened by keyboard alone', async () => {
  const opened: string[] = [];
  show(<DataTable label="Rows" columns={columns} rows={rows} rowKey={(row) => row.id} onOpen={(row) => opened.push(row.name)} />);
  const person = userEvent.setup();
  await person.tab();
  await person.keyboard('{ArrowDown}{ArrowDown}{Enter}{ArrowUp} ');
  expect(opened).toEqual(['three', 'two']);
});

it('a row unfolds below itself and folds again, and says so to screen readers', async () => {
  show(<DataTable label="Rows" columns={columns} rows={rows} rowKey={(row) => row.id} details={(row) => `about ${row.name}`} detailsLabel={(row) => `Details of ${row.name}`} />);
  const person = userEvent.setup();
  const button = screen.getByRole('button', { name: 'Details of two' });
  await person.click(button);
  expect(screen.getByText('about two')).toBeTruthy();
  expect(button.getAttribute('aria-expanded')).toBe('true');
  await person.click(button);
  expect(screen.queryByText('about two')).toBeNull();
});

it('while rows are on their way a skeleton stands there, and without any what teaches', () => {
  show(<DataTable label="Rows" columns={columns} rows={undefined} rowKey={(row) => row.id} />);
  expect(screen.getByLabelText('Loading')).toBeTruthy();
  show(<DataTable label="Rows" columns={columns} rows={[]} rowKey={(row) => row.id} empty="Make the first" />);
  expect(screen.getByText('Make the first')).toBeTruthy();
});

it('where a filter let nothing of the first page through the next one can be asked for', async () => {
  let loaded = 0;
  show(<DataTable label="Rows" columns={columns} rows={[]} rowKey={(row) => row.id} empty="None of these" more={{ has: true, loading: false, load: () => loaded++ }} />);
  expect(screen.getByText('None of these')).toBeTruthy();
  await userEvent.setup().click(screen.getByRole('button', { name: 'Show more' }));
  expect(loaded).toBe(1);
});

it('a click on what stands in a row for itself does not open the row', async () => {
  const opened: string[] = [];
  const withButton: Column<Row>[] = [...columns, { key: 'do', render: (row) => <button>do {row.name}</button> }];
  show(<DataTable label="Rows" columns={withButton} rows={rows} rowKey={(row) => row.id} onOpen={(row) => opened.push(row.name)} />);
  await userEvent.setup().click(within(screen.getByRole('table')).getByText('do two'));
  expect(opened).toEqual([]);
});

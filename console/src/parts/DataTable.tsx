import { Button, Group, Table, Text } from '@mantine/core';
import type { KeyboardEvent, ReactNode } from 'react';
import classes from './DataTable.module.css';
import { ErrorView } from './ErrorView';
import { TableSkeleton } from './Skeletons';

export interface Column<Row> {
  /** Names the column in React, and is its heading unless `title` is given. */
  key: string;
  title?: ReactNode;
  render: (row: Row) => ReactNode;
  align?: 'left' | 'right';
  /** Any CSS width. */
  width?: string | number;
  mono?: boolean;
  /** Not shown on screens narrower than this. */
  from?: 'sm' | 'md' | 'lg';
}

/**
 * Rows with an identity. `rows` undefined: they are on their way, and a skeleton of the same height stands there.
 * A row with `onOpen` opens with a click, Enter or Space, and the arrow keys go from row to row.
 */
export function DataTable<Row>(props: {
  /** What the table is of, for screen readers: "Apps of Acme". */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  onOpen?: (row: Row) => void;
  error?: Error | null;
  onRetry?: () => void;
  /** Stands in the table's place when there is no row. */
  empty?: ReactNode;
  /** There are more: shown below the rows. */
  more?: { has: boolean; loading: boolean; load: () => void };
  skeletonRows?: number;
}) {
  const { columns, rows } = props;
  if (props.error && !rows) return <ErrorView error={props.error} reset={props.onRetry} />;
  if (!rows) return <TableSkeleton rows={props.skeletonRows ?? 5} columns={columns.length} />;
  if (rows.length === 0) return <>{props.empty ?? <Text c="dimmed" size="sm" p="lg">Nothing here yet.</Text>}</>;
  return (
    <>
      <Table.ScrollContainer minWidth={0} scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': props.label, role: 'region' } }}>
        <Table className={classes.table} aria-label={props.label} highlightOnHover={Boolean(props.onOpen)}>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <Table.Th key={column.key} w={column.width} ta={column.align} visibleFrom={column.from} scope="col">
                  {column.title ?? column.key}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={props.rowKey(row)} className={props.onOpen && classes.opens} {...opening(props.onOpen, row)}>
                {columns.map((column) => (
                  <Table.Td
                    key={column.key}
                    ta={column.align}
                    visibleFrom={column.from}
                    className={column.mono ? 'tg-mono' : column.align === 'right' ? 'tg-num' : undefined}
                  >
                    {column.render(row)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {props.error && <ErrorView error={props.error} reset={props.onRetry} />}
      {props.more?.has && (
        <Group justify="center" p="sm" className={classes.more}>
          <Button variant="default" size="xs" loading={props.more.loading} onClick={props.more.load}>
            Show more
          </Button>
        </Group>
      )}
    </>
  );
}

function opening<Row>(onOpen: ((row: Row) => void) | undefined, row: Row) {
  if (!onOpen) return {};
  return {
    tabIndex: 0,
    onClick: (event: { target: EventTarget }) => {
      // What stands in the row for itself keeps its own click.
      if (!(event.target as Element).closest('a, button, input, label, [role="menuitem"]')) onOpen(row);
    },
    onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => {
      if (event.target !== event.currentTarget) return;
      const next = event.key === 'ArrowDown' ? event.currentTarget.nextElementSibling : event.key === 'ArrowUp' ? event.currentTarget.previousElementSibling : null;
      if (event.key === 'Enter' || event.key === ' ') onOpen(row);
      else if (next instanceof HTMLElement) next.focus();
      else return;
      event.preventDefault();
    },
  };
}

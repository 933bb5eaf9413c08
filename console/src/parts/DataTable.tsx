import { ActionIcon, Button, Group, Text } from '@mantine/core';
import { ChevronRight } from 'lucide-react';
import { Fragment, useState, type KeyboardEvent, type ReactNode } from 'react';
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
 * Rows with an identity. A table of HTML's own: Mantine's brings what floats and scrolls, 20 kB of it. `rows` undefined: they are on their
 * way, and a skeleton stands there.
 * A row with `onOpen` opens with a click, Enter or Space, and the arrow keys go from row to row; with `details` it unfolds below itself.
 */
export function DataTable<Row>(props: {
  /** What the table is of, for screen readers: "Apps of Acme". */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  onOpen?: (row: Row) => void;
  /** What a row shows below itself when it is unfolded; instead of `onOpen`. */
  details?: (row: Row) => ReactNode;
  /** What a row's button to unfold it is called: "Details of key.created". */
  detailsLabel?: (row: Row) => string;
  error?: Error | null;
  onRetry?: () => void;
  /** Stands in the table's place when there is no row. */
  empty?: ReactNode;
  /** There are more: shown below the rows, and below `empty` where a filter has let none of those read so far through. */
  more?: { has: boolean; loading: boolean; load: () => void };
  skeletonRows?: number;
}) {
  const { columns, rows, details } = props;
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const toggle = (key: string): void => {
    const next = new Set(unfolded);
    if (!next.delete(key)) next.add(key);
    setUnfolded(next);
  };
  const onOpen = details ? (row: Row) => toggle(props.rowKey(row)) : props.onOpen;
  if (props.error && !rows) return <ErrorView error={props.error} reset={props.onRetry} />;
  if (!rows) return <TableSkeleton rows={props.skeletonRows ?? 5} columns={columns.length} />;
  const more = props.more?.has && (
    <Group justify="center" p="sm" className={classes.more}>
      <Button variant="default" size="xs" loading={props.more.loading} onClick={props.more.load}>
        Show more
      </Button>
    </Group>
  );
  if (rows.length === 0) {
    return (
      <>
        {props.empty ?? <Text c="dimmed" size="sm" p="lg">Nothing here yet.</Text>}
        {more}
      </>
    );
  }
  return (
    <>
      <div className={classes.scroll} tabIndex={onOpen ? undefined : 0} role="region" aria-label={props.label}>
        <table className={classes.table} aria-label={props.label}>
          <thead>
            <tr>
              {details && (
                <th style={{ width: 36 }} scope="col">
                  <span className="tg-unseen">Unfold</span>
                </th>
              )}
              {columns.map((column) => (
                <th key={column.key} style={{ width: column.width, textAlign: column.align }} className={shownFrom(column)} scope="col">
                  {column.title ?? column.key}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const key = props.rowKey(row);
              const open = unfolded.has(key);
              return (
                <Fragment key={key}>
                  <tr className={onOpen && classes.opens} {...opening(onOpen, row)}>
                    {details && (
                      <td className={classes.fold}>
                        <ActionIcon size="sm" tabIndex={-1} aria-expanded={open} aria-label={props.detailsLabel?.(row) ?? 'Details'} onClick={() => toggle(key)}>
                          <ChevronRight size={15} aria-hidden className={classes.chevron} data-open={open || undefined} />
                        </ActionIcon>
                      </td>
                    )}
                    {columns.map((column) => (
                      <td key={column.key} style={{ textAlign: column.align }} className={cell(column)}>
                        {column.align === 'right' ? figure(column.render(row)) : column.render(row)}
                      </td>
                    ))}
                  </tr>
                  {open && details && (
                    <tr className={classes.details}>
                      <td colSpan={columns.length + 1}>{details(row)}</td>
                    </tr>
                  )}
                </Fragment>
              );
            })}
          </tbody>
        </table>
      </div>
      {props.error && <ErrorView error={props.error} reset={props.onRetry} />}
      {more}
    </>
  );
}

/** Mantine's own classes, of its global styles. */
function shownFrom<Row>(column: Column<Row>): string | undefined {
  return column.from && `mantine-visible-from-${column.from}`;
}

/** A figure that changes keeps its right end: it is drawn as another one, not as one that moves. */
function figure(content: ReactNode): ReactNode {
  return typeof content === 'string' ? <span key={content}>{content}</span> : content;
}

function cell<Row>(column: Column<Row>): string {
  return `${shownFrom(column) ?? ''} ${column.mono ? 'tg-mono' : column.align === 'right' ? 'tg-num' : ''}`;
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
      const next = event.key === 'ArrowDown' ? neighbour(event.currentTarget, 'nextElementSibling') : event.key === 'ArrowUp' ? neighbour(event.currentTarget, 'previousElementSibling') : null;
      if (event.key === 'Enter' || event.key === ' ') onOpen(row);
      else if (next) next.focus();
      else return;
      event.preventDefault();
    },
  };
}

/** The next row that opens, past what is unfolded. */
function neighbour(row: Element, way: 'nextElementSibling' | 'previousElementSibling'): HTMLElement | null {
  let next = row[way];
  while (next && !(next instanceof HTMLElement && next.tabIndex === 0)) next = next[way];
  return next instanceof HTMLElement ? next : null;
}

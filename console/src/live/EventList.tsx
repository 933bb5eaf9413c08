import { useMediaQuery } from '@mantine/hooks';
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { clock } from '@/charts/format';
import type { LiveEvent } from './event';
import { isRefusal, kindOf, textOf } from './event';
import classes from './EventList.module.css';
import { gist } from './words';

const ROW = 30;
const ROW_NARROW = 50;
/** Drawn beyond what is seen, so that a flick of the wheel shows no holes. */
const OVERSCAN = 8;

/** The newest first. Only what is seen is drawn, and who has scrolled away from the top stays where they are. */
export function EventList(props: { rows: readonly LiveEvent[]; selected: LiveEvent | undefined; onSelect: (event: LiveEvent) => void }) {
  const { rows, selected, onSelect } = props;
  const height = useMediaQuery('(max-width: 48em)', false) ? ROW_NARROW : ROW;
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 600 });
  useStayingPut(box, rows, height);

  const measure = (): void => {
    const { scrollTop, clientHeight } = box.current!;
    setSeen((before) => (before.top === scrollTop && before.height === clientHeight ? before : { top: scrollTop, height: clientHeight }));
  };
  useLayoutEffect(() => {
    const resized = new ResizeObserver(measure);
    resized.observe(box.current!);
    return () => resized.disconnect();
  }, []);

  const from = Math.max(0, Math.floor(seen.top / height) - OVERSCAN);
  const to = Math.min(rows.length, Math.ceil((seen.top + seen.height) / height) + OVERSCAN);
  const shown = Array.from({ length: Math.max(0, to - from) }, (_, i) => rows[rows.length - 1 - from - i]!);

  const move = (event: KeyboardEvent): void => {
    const found = selected ? rows.findIndex(({ no }) => no === selected.no) : -1;
    // What is chosen may have gone since, or not pass the filter: then it begins at the newest.
    const at = found < 0 ? rows.length : found;
    const next = { ArrowDown: at - 1, ArrowUp: at + 1, Home: rows.length - 1, End: 0, PageDown: at - 15, PageUp: at + 15 }[event.key];
    if (next === undefined || rows.length === 0) return;
    event.preventDefault();
    const index = Math.min(rows.length - 1, Math.max(0, next));
    onSelect(rows[index]!);
    reveal(box.current!, (rows.length - 1 - index) * height, height);
  };

  return (
    <div
      ref={box}
      className={classes.box}
      role="listbox"
      aria-label="Events, the newest first"
      tabIndex={0}
      aria-activedescendant={selected && shown.includes(selected) ? `event-${selected.no}` : undefined}
      onScroll={measure}
      onKeyDown={move}
    >
      <div className={classes.all} style={{ height: rows.length * height }} role="presentation">
        {shown.map((event, i) => (
          <Row key={event.no} event={event} top={(from + i) * height} height={height} isSelected={event === selected} position={from + i + 1} of={rows.length} onSelect={onSelect} />
        ))}
      </div>
    </div>
  );
}

function Row(props: { event: LiveEvent; top: number; height: number; isSelected: boolean; position: number; of: number; onSelect: (event: LiveEvent) => void }) {
  const { event, top, height, isSelected, position, of, onSelect } = props;
  const channel = textOf(event, 'channel');
  const client = textOf(event, 'clientId');
  const { code } = event.data;
  return (
    <div
      id={`event-${event.no}`}
      role="option"
      aria-selected={isSelected}
      aria-setsize={of}
      aria-posinset={position}
      className={classes.row}
      data-kind={isRefusal(event) ? 'refusal' : kindOf(event.type)}
      data-selected={isSelected || undefined}
      style={{ transform: `translateY(${top}px)`, height }}
      onClick={() => onSelect(event)}
    >
      <span className={classes.time}>{clock(event.timestamp)}</span>
      <span className={classes.type}>
        <span className={classes.dot} aria-hidden />
        {event.type}
      </span>
      <span className={classes.channel}>{channel}</span>
      <span className={classes.client}>{client}</span>
      <span className={classes.gist}>
        {typeof code === 'number' && <b className={classes.code}>{code}</b>}
        {gist(event)}
      </span>
    </div>
  );
}

/** At the top the newest is seen as it comes; further down the rows that are being read do not move. */
function useStayingPut(box: { readonly current: HTMLDivElement | null }, rows: readonly LiveEvent[], height: number): void {
  const newest = useRef(-1);
  useLayoutEffect(() => {
    const element = box.current!;
    const before = newest.current;
    newest.current = rows.at(-1)?.no ?? -1;
    if (element.scrollTop < height / 2 || before < 0) return;
    let fresh = 0;
    while (fresh < rows.length && rows[rows.length - 1 - fresh]!.no > before) fresh++;
    if (fresh > 0) element.scrollTop += fresh * height;
  }, [box, rows, height]);
}

function reveal(element: HTMLElement, top: number, height: number): void {
  if (top < element.scrollTop) element.scrollTop = top;
  else if (top + height > element.scrollTop + element.clientHeight) element.scrollTop = top + height - element.clientHeight;
}

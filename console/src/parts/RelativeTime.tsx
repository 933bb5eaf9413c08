import { useSyncExternalStore } from 'react';

/** One clock for all of them: it ticks each 10 s while one is shown. */
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 10_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** "3 minutes ago", with the exact time on hover. `at`: RFC 3339 or milliseconds; null: `never`. */
export function RelativeTime(props: { at: string | number | null | undefined; never?: string }) {
  const tick = useSyncExternalStore(subscribe, () => now);
  if (props.at === null || props.at === undefined) return <span>{props.never ?? 'never'}</span>;
  const date = new Date(props.at);
  return (
    <time dateTime={date.toISOString()} title={exact(date)} style={{ whiteSpace: 'nowrap' }}>
      {relative(date.getTime(), Math.max(tick, Date.now() - 10_000))}
    </time>
  );
}

const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** A point in time as seen from another, both in milliseconds. */
export function relative(at: number, from: number): string {
  const seconds = (at - from) / 1000;
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit);
  }
  return seconds > 10 ? 'in less than a minute' : 'just now';
}

const full = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });

export function exact(date: Date): string {
  return full.format(date);
}

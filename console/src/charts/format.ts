/** Numbers as people read them: three digits that count, then the unit. */

const DASH = '–';
const SCALES = ['', ' k', ' M', ' G', ' T', ' P'] as const;
const BYTES = [' B', ' kB', ' MB', ' GB', ' TB', ' PB'] as const;

export type Unit = 'count' | 'perSecond' | 'bytes' | 'bytesPerSecond' | 'milliseconds';

export function format(value: number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return DASH;
  switch (unit) {
    case 'count':
      return scaled(value, SCALES);
    case 'perSecond':
      return `${scaled(value, SCALES)}/s`;
    case 'bytes':
      return scaled(value, BYTES);
    case 'bytesPerSecond':
      return `${scaled(value, BYTES)}/s`;
    case 'milliseconds':
      return value >= 10_000 ? duration(value) : `${digits(value)} ms`;
  }
}

/** Whole, in groups of three: where the exact number matters. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** 1000 of one are one of the next. */
function scaled(value: number, units: readonly string[]): string {
  let scale = 0;
  let rest = Math.abs(value);
  // 999.95 would be written as 1000.
  while (rest >= 999.5 && scale + 1 < units.length) {
    rest /= 1000;
    scale++;
  }
  return `${value < 0 ? '-' : ''}${digits(rest)}${units[scale]!}`;
}

/** Three that count, and no zeros behind the point. */
function digits(value: number): string {
  if (value === 0) return '0';
  if (value < 0.01) return '< 0.01';
  const places = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return Number(value.toFixed(places)).toString();
}

/** `3 d 4 h`, `12 min`, `8 s`: the two greatest units. @param ms of time that has passed */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [d, h, m, s] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3_600) % 24, Math.floor(seconds / 60) % 60, seconds % 60];
  if (d > 0) return h > 0 ? `${d} d ${h} h` : `${d} d`;
  if (h > 0) return m > 0 ? `${h} h ${m} min` : `${h} h`;
  if (m > 0) return s > 0 && m < 10 ? `${m} min ${s} s` : `${m} min`;
  return `${s} s`;
}

/** A time of day to the millisecond, by this device's clock: beside a row of events. */
export function clock(timestamp: number): string {
  const at = new Date(timestamp);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}

/** Day and time, short; the year where it is another one. */
export function moment(timestamp: number, now = Date.now()): string {
  const at = new Date(timestamp);
  const sameYear = at.getFullYear() === new Date(now).getFullYear();
  return at.toLocaleString('en-GB', { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }), hour: '2-digit', minute: '2-digit' });
}

import type { LimitField } from './fields';

const STEPS = ['kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** A limit or what was used of it, to read: `65,536 bytes`, `5 GB`, `500 /s`. */
export function withUnit(unit: LimitField['unit'], value: number): string {
  const number = value.toLocaleString('en', { maximumFractionDigits: 1 });
  switch (unit) {
    case 'count':
      return number;
    case 'perSecond':
      return `${number} /s`;
    case 'days':
      return value === 1 ? 'a day' : `${number} days`;
    case 'bytes':
      return bytes(value);
    case 'bytesPerSecond':
      return `${bytes(value)}/s`;
  }
}

function bytes(value: number): string {
  if (value < 100_000) return `${value.toLocaleString('en')} bytes`;
  let shown = value;
  let step = -1;
  while (shown >= 1000 && step < STEPS.length - 1) {
    shown /= 1000;
    step++;
  }
  return `${shown.toLocaleString('en', { maximumFractionDigits: 1 })} ${STEPS[step]}`;
}

/** When something ends, as people choose it. */
export type ExpiryChoice = 'never' | '30' | '90' | '365' | 'at';

export const EXPIRY_CHOICES: readonly { readonly value: ExpiryChoice; readonly label: string }[] = [
  { value: 'never', label: 'Never' },
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
  { value: 'at', label: 'At a time…' },
];

export interface Expiry {
  readonly choice: ExpiryChoice;
  /** As a `datetime-local` field has it, in the browser's own zone; of `at` only. */
  readonly at: string;
  /** The moment that `at` was made of: a field has minutes, and an end that nobody touched stays to the millisecond. */
  readonly exact?: string;
}

const DAY_MS = 86_400_000;

/** RFC 3339 or null for never, or why it is neither. */
export function expiresAt({ choice, at, exact }: Expiry, now: number): { readonly value: string | null } | { readonly fault: string } {
  if (exact !== undefined) return { value: exact };
  if (choice === 'never') return { value: null };
  if (choice !== 'at') return { value: new Date(now + Number(choice) * DAY_MS).toISOString() };
  const time = Date.parse(at);
  if (Number.isNaN(time)) return { fault: 'Choose a day and a time.' };
  return time <= now ? { fault: 'This time is past already.' } : { value: new Date(time).toISOString() };
}

export function expiryOf(rfc3339: string | null): Expiry {
  return rfc3339 === null ? { choice: 'never', at: '' } : { choice: 'at', at: localField(rfc3339), exact: rfc3339 };
}

/** A time as a `datetime-local` field has it. */
export function localField(rfc3339: string): string {
  const date = new Date(rfc3339);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** How long an old key stays good beside the new one, in hours. */
export const OVERLAPS: readonly { readonly value: string; readonly label: string }[] = [
  { value: '1', label: 'an hour' },
  { value: '24', label: 'a day' },
  { value: '168', label: 'a week' },
  { value: '720', label: '30 days' },
];

/** When the old key ends: never later than it would have anyway. */
export function endOfOld(expiresAt: string | null, hours: number, now: number): string {
  const end = now + hours * 3_600_000;
  return expiresAt !== null && Date.parse(expiresAt) < end ? expiresAt : new Date(end).toISOString();
}

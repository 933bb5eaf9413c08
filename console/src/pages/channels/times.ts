/** As `<input type="datetime-local">` has it: by this device's clock and zone, to the second. */
export function localTime(timestamp: number): string {
  const at = new Date(timestamp - new Date(timestamp).getTimezoneOffset() * 60_000);
  return at.toISOString().slice(0, 19);
}

/** Milliseconds since 1970; undefined while it is no time. */
export function timeOf(local: string): number | undefined {
  const at = local === '' ? Number.NaN : new Date(local).getTime();
  return Number.isFinite(at) && at > 0 ? at : undefined;
}

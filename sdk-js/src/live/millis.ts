/** `30s`, `2m` or `1h`. */
export function millis(text: string): number {
  const unit = { s: 1_000, m: 60_000, h: 3_600_000 }[text.slice(-1)];
  return Number(text.slice(0, -1)) * (unit ?? NaN);
}

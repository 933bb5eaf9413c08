import { rows } from 'virtual:error-catalogue';
import type { ErrorRow, Piece } from './parse';

export type { ErrorRow, Piece } from './parse';

const byCode = new Map(rows.map((row) => [row.code, row]));

export function allErrors(): readonly ErrorRow[] {
  return rows;
}

/** undefined for a code that this console does not know: the gateway may be newer. */
export function errorOf(code: number): ErrorRow | undefined {
  return byCode.get(code);
}

export function textOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => ('text' in piece ? piece.text : piece.code)).join('');
}

/** The rows that have every word, in code, slug, title or meaning. */
export function findErrors(words: string): ErrorRow[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const text = `${row.code} ${row.slug} ${row.title} ${row.close ?? ''} ${textOf(row.meaning)}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

export const RETRY_MEANS: Readonly<Record<ErrorRow['retry'], string>> = {
  no: 'Not without changing something.',
  later: 'After retryAfterMs (Retry-After), else with full jitter from 0.5 s doubling to 30 s.',
  'at once': 'As soon as the advice is followed.',
  'same id': 'Again with the same message ids, or the same Idempotency-Key, until an answer comes.',
};

export function closeMeans(close: number): string {
  if (close >= 4200) return 'connect again at once';
  if (close >= 4100) return 'connect again after backing off';
  if (close >= 4000) return 'stay away until something changes';
  return 'RFC 6455’s own';
}

import type { TidegateError } from '../errors.js';

const FIRST_MS = 500;
const MOST_MS = 30_000;

/** Full jitter: anywhere in 0.5 s, doubling with each attempt to 30 s. @param random in [0, 1) */
export function fullJitter(attempt: number, random: number): number {
  return Math.floor(random * Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(attempt, 16)));
}

/** How a line ended. */
export interface Down {
  /** Of the WebSocket. */
  readonly closeCode?: number | undefined;
  /** What the server said before, or what an HTTP line was answered. */
  readonly error?: TidegateError | undefined;
  /** Of `reconnect`, or `retryAfterMs` of the last `error`: it goes before every other rule. */
  readonly afterMs?: number | undefined;
}

export type Advice = 'stay away' | 'back off' | 'at once' | 'fresh token';

/** Revoked or expired: a token issued later may be accepted. */
export const isOutlivedToken = (code: number | undefined): boolean => code === 40141 || code === 40142;

/** A position that is of no use any more: without it; expired; silent; draining. */
const AT_ONCE = [40051, 40142, 40802, 50301];
const TICKETS = [40146, 40147];

/** What docs/errors.md says to do: by the close code; where there is none, by the row of the refusal. */
export function adviceOf({ closeCode = 0, error }: Down): Advice {
  if (closeCode === 4007 || error?.code === 40141) return 'fresh token';
  if (closeCode >= 4000) {
    if (closeCode < 4100) return 'stay away';
    return closeCode >= 4200 && closeCode < 4300 ? 'at once' : 'back off';
  }
  const { code = 0, status = 0 } = error ?? {};
  if (AT_ONCE.includes(code)) return 'at once';
  return (status === 401 && !TICKETS.includes(code)) || status === 403 || code === 40906 ? 'stay away' : 'back off';
}

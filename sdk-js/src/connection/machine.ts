import type { ConnectionState } from '../types.js';
import { adviceOf, fullJitter, type Down } from './backoff.js';

/** A connection that has held for so long begins to back off anew. */
export const STABLE_MS = 10_000;
/** Without a connection for so long it is `suspended`: still tried, but no longer expected. */
export const SUSPENDED_AFTER_MS = 120_000;

/** Where a connection stands. A value: {@link next} makes the next one. */
export interface Machine {
  readonly state: ConnectionState;
  /** Failures since it last was stable. */
  readonly attempt: number;
  /** When it opened, while `connected`. */
  readonly openedAt?: number;
  /** Since when there is none, until it opens. */
  readonly downAt?: number;
  /** Its token was refused as outlived since it last was open: the next one has one chance. */
  readonly refreshed?: boolean;
}

/** What happens to it; `at` in milliseconds. */
export type Input =
  | { readonly type: 'connect'; readonly at: number }
  | { readonly type: 'opened'; readonly at: number }
  | { readonly type: 'down'; readonly at: number; readonly down: Down; readonly random: number }
  /** The wait is over, or there is reason not to wait any longer. */
  | { readonly type: 'due'; readonly at: number }
  | { readonly type: 'close' };

/** What is to be done: open a line, wait for so long, give up the line, or nothing. */
export type Effect = { readonly type: 'open' } | { readonly type: 'wait'; readonly ms: number } | { readonly type: 'end' } | { readonly type: 'none' };

export const INITIAL: Machine = { state: 'initialized', attempt: 0 };

const NONE: Effect = { type: 'none' };

export function next(machine: Machine, input: Input): [Machine, Effect] {
  switch (input.type) {
    case 'connect':
    case 'due':
      switch (machine.state) {
        case 'connecting':
        case 'connected':
          return [machine, NONE];
        case 'disconnected':
        case 'suspended':
          return [{ ...machine, state: 'connecting' }, { type: 'open' }];
        case 'initialized':
        case 'closed':
        case 'failed':
          return input.type === 'due' ? [machine, NONE] : [{ state: 'connecting', attempt: 0, downAt: input.at }, { type: 'open' }];
      }
    case 'opened':
      return machine.state === 'connecting' ? [{ state: 'connected', attempt: machine.attempt, openedAt: input.at }, NONE] : [machine, NONE];
    case 'down':
      return machine.state === 'connecting' || machine.state === 'connected' ? fallen(machine, input.at, input.down, input.random) : [machine, NONE];
    case 'close':
      return [{ state: 'closed', attempt: 0 }, { type: 'end' }];
  }
}

function fallen(machine: Machine, at: number, down: Down, random: number): [Machine, Effect] {
  const advice = adviceOf(down);
  if (advice === 'stay away' || (advice === 'fresh token' && machine.refreshed)) return [{ state: 'failed', attempt: 0 }, { type: 'end' }];
  const stable = machine.openedAt !== undefined && at - machine.openedAt >= STABLE_MS;
  const attempt = stable ? 0 : machine.attempt;
  const downAt = machine.downAt ?? at;
  // At once is for the first time: a server that says so again and again is not asked in a loop.
  const ms = down.afterMs ?? (advice !== 'back off' && attempt === 0 ? 0 : fullJitter(attempt, random));
  const state = at - downAt >= SUSPENDED_AFTER_MS ? 'suspended' : 'disconnected';
  return [{ state, attempt: attempt + 1, downAt, refreshed: machine.refreshed === true || advice === 'fresh token' }, { type: 'wait', ms }];
}

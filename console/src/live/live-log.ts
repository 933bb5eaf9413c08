import type { Arrival, LiveEvent } from './event';
import { EVERYTHING, predicateOf, type LiveFilter } from './filter';
import { Ring } from './ring';

/** More than anybody scrolls through; at 1 kB an event, 5 MB. */
export const CAPACITY = 5_000;

/** Ten times a second: faster than that nobody reads. */
const DRAW_MS = 100;

export interface LiveView {
  /** Those the filter lets through, the oldest first. */
  readonly rows: readonly LiveEvent[];
  /** Kept here, whatever the filter says. */
  readonly kept: number;
  /** Received since it began, or was cleared. */
  readonly received: number;
  /** Told by the gateway to be left out: more than it tells in a second. */
  readonly skippedByGateway: number;
  /** Received but overwritten before they could be seen: more than fits while paused, or than is drawn. */
  readonly skippedHere: number;
  /** Lost on the way: jumps of a subscription. */
  readonly lost: number;
  readonly paused: boolean;
  /** Received since the pause began. */
  readonly waiting: number;
  readonly filter: LiveFilter;
}

/** The clock it draws by. */
export interface Ticker {
  now(): number;
  /** @returns ends it */
  after(ms: number, run: () => void): () => void;
}

const BROWSER: Ticker = {
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/**
 * What the live console shows: takes thousands of events a second, keeps the newest, is drawn at most ten times a second and
 * says what it left out. A store for `useSyncExternalStore`: `view` is another object only when there is something new to see.
 */
export class LiveLog {
  readonly #ring: Ring<LiveEvent>;
  readonly #ticker: Ticker;
  readonly #listeners = new Set<() => void>();
  #no = 0;
  #skippedByGateway = 0;
  #skippedHere = 0;
  #lost = 0;
  #filter: LiveFilter = EVERYTHING;
  #passes = predicateOf(EVERYTHING);
  /** How many of the ring's are in `view`. */
  #drawn = 0;
  /** What there was when the pause began; undefined: it runs. */
  #paused: { readonly at: number; readonly events: readonly LiveEvent[] } | undefined;
  /** Those before it were cleared. */
  #clearedAt = 0;
  #drawnAt = -Infinity;
  #pending: (() => void) | undefined;
  view: LiveView;

  constructor(capacity: number = CAPACITY, ticker: Ticker = BROWSER) {
    this.#ring = new Ring(capacity);
    this.#ticker = ticker;
    this.view = this.#viewOf([]);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  add(arrival: Arrival): void {
    this.#ring.add({ ...arrival, no: this.#no++ });
    this.#skippedByGateway += arrival.skipped;
    this.#schedule();
  }

  /** So many did not come; undefined when that is not known, which counts as one. */
  jumped(missed: number | undefined): void {
    this.#lost += missed ?? 1;
    this.#schedule();
  }

  set filter(filter: LiveFilter) {
    this.#filter = filter;
    this.#passes = predicateOf(filter);
    if (!this.#paused) this.#count();
    this.#show((this.#paused?.events ?? this.#ring.since(0)).filter(this.#passes));
  }

  get filter(): LiveFilter {
    return this.#filter;
  }

  /** The rows stay as they are; what comes is kept behind them, as many as there is room for. */
  pause(): void {
    if (this.#paused) return;
    this.#draw();
    this.#paused = { at: this.#no, events: this.#ring.since(0) };
    this.#show(this.view.rows);
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = undefined;
    this.#draw();
  }

  clear(): void {
    this.#ring.clear();
    this.#drawn = 0;
    this.#skippedByGateway = this.#skippedHere = this.#lost = 0;
    this.#clearedAt = this.#no;
    if (this.#paused) this.#paused = { at: this.#no, events: [] };
    this.#show([]);
  }

  /** Nothing is drawn until more comes. */
  close(): void {
    this.#pending?.();
    this.#pending = undefined;
  }

  #schedule(): void {
    if (this.#pending) return;
    const wait = Math.max(0, this.#drawnAt + DRAW_MS - this.#ticker.now());
    this.#pending = this.#ticker.after(wait, () => {
      this.#pending = undefined;
      this.#draw();
    });
  }

  #draw(): void {
    if (this.#paused) return this.#show(this.view.rows);
    const fresh = this.#ring.since(this.#drawn);
    this.#count();
    const oldest = this.#ring.oldest?.no ?? 0;
    const { rows } = this.view;
    let gone = 0;
    while (gone < rows.length && rows[gone]!.no < oldest) gone++;
    const passed = fresh.filter(this.#passes);
    this.#show(gone === 0 && passed.length === 0 ? rows : [...rows.slice(gone), ...passed]);
  }

  /** All that is in the ring is seen now; what has left it unseen is counted. */
  #count(): void {
    this.#skippedHere += Math.max(0, this.#ring.evicted - this.#drawn);
    this.#drawn = this.#ring.added;
  }

  #show(rows: readonly LiveEvent[]): void {
    this.#drawnAt = this.#ticker.now();
    this.view = this.#viewOf(rows);
    for (const listener of this.#listeners) listener();
  }

  #viewOf(rows: readonly LiveEvent[]): LiveView {
    const overwritten = this.#paused ? Math.max(0, this.#ring.evicted - this.#drawn) : 0;
    return {
      rows,
      kept: this.#ring.size,
      received: this.#no - this.#clearedAt,
      skippedByGateway: this.#skippedByGateway,
      skippedHere: this.#skippedHere + overwritten,
      lost: this.#lost,
      paused: this.#paused !== undefined,
      waiting: this.#paused ? this.#no - this.#paused.at : 0,
      filter: this.#filter,
    };
  }
}

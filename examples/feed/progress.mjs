// What the replay says while it runs: on a terminal one line that moves, elsewhere one now and then.

const TERMINAL_MS = 200;
const ELSEWHERE_MS = 5_000;

export class Progress {
  #totals;
  #done = {};
  #known = 0;
  #begun = performance.now();
  #shown = 0;
  #waiting = '';

  /** `totals` is how many rows there are of each kind. */
  constructor(totals) {
    this.#totals = totals;
  }

  /** A pass begins; counts start from nothing. */
  begin() {
    this.#done = Object.fromEntries(Object.keys(this.#totals).map((kind) => [kind, 0]));
    this.#known = 0;
    this.#begun = performance.now();
  }

  /** So many rows of this kind were acknowledged, `known` of them from an earlier run. */
  add(kind, rows, known) {
    this.#done[kind] += rows;
    this.#known += known;
    this.#waiting = '';
    this.#show(false);
  }

  wait(reason, ms) {
    const waiting = `waiting ${(ms / 1000).toFixed(1)} s: ${reason}`;
    if (!process.stdout.isTTY && this.#waiting === '') {
      console.log(`  ${waiting}`);
    }
    this.#waiting = waiting;
    this.#show(true);
  }

  /** The last line of a pass. */
  end() {
    this.#show(true);
    const rows = Object.values(this.#done).reduce((sum, each) => sum + each, 0);
    const earlier = `, ${number(this.#known)} of them known from an earlier run`;
    const known = this.#known === 0 ? '' : earlier;
    const line = `  ${number(rows)} rows acknowledged in ${this.#seconds().toFixed(1)} s${known}`;
    console.log(process.stdout.isTTY ? `\n${line}` : line);
    return { rows, known: this.#known };
  }

  #show(now) {
    const every = process.stdout.isTTY ? TERMINAL_MS : ELSEWHERE_MS;
    if (!now && performance.now() - this.#shown < every) {
      return;
    }
    this.#shown = performance.now();
    const parts = Object.entries(this.#totals).map(
      ([kind, total]) => `${kind} ${number(this.#done[kind]).padStart(5)}/${number(total)}`,
    );
    const rows = Object.values(this.#done).reduce((sum, each) => sum + each, 0);
    const rate = `${Math.round(rows / Math.max(this.#seconds(), 0.001))} rows/s`;
    const line = `  ${parts.join('   ')}   ${rate}`;
    if (process.stdout.isTTY) {
      const text = this.#waiting === '' ? line : `${line}   ${this.#waiting}`;
      process.stdout.write(`\r\x1b[K${text.slice(0, (process.stdout.columns || 100) - 1)}`);
    } else if (this.#waiting === '') {
      console.log(line);
    }
  }

  #seconds() {
    return (performance.now() - this.#begun) / 1000;
  }
}

export const number = (value) => value.toLocaleString('en-US');

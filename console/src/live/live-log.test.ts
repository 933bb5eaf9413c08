import { describe, expect, it } from 'vitest';
import { ofLog, type Arrival } from './event';
import { EVERYTHING } from './filter';
import { LiveLog, type Ticker } from './live-log';

/** A clock that stands until it is told to go on. */
class Clock implements Ticker {
  #now = 0;
  #timers: { readonly at: number; readonly run: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run };
    this.#timers.push(timer);
    return () => (this.#timers = this.#timers.filter((one) => one !== timer));
  }

  go(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const due = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.#timers = this.#timers.filter((one) => one !== due);
      this.#now = due.at;
      due.run();
    }
    this.#now = end;
  }
}

function published(channel: string, more: Record<string, unknown> = {}): Arrival {
  return ofLog({ name: 'message.published', timestamp: 1, data: { channel, ...more } });
}

describe('the live log', () => {
  it('is drawn at most ten times a second, however much comes', () => {
    const clock = new Clock();
    const log = new LiveLog(5_000, clock);
    let draws = 0;
    log.subscribe(() => draws++);
    for (let ms = 0; ms < 2_000; ms++) {
      for (let i = 0; i < 5; i++) log.add(published(`c-${i}`));
      clock.go(1);
    }
    expect(draws).toBeLessThanOrEqual(21);
    expect(draws).toBeGreaterThanOrEqual(19);
  });

  it('draws the first event of a quiet app at once', () => {
    const clock = new Clock();
    const log = new LiveLog(10, clock);
    log.add(published('a'));
    clock.go(0);
    expect(log.view.rows).toHaveLength(1);
  });

  it('keeps the newest 5,000 and not one more', () => {
    const clock = new Clock();
    const log = new LiveLog(undefined, clock);
    for (let i = 0; i < 12_000; i++) {
      log.add(published(`c-${i}`));
      if (i % 500 === 0) clock.go(100);
    }
    clock.go(100);
    expect(log.view.rows).toHaveLength(5_000);
    expect(log.view.rows[0]!.data['channel']).toBe('c-7000');
    expect(log.view.rows.at(-1)!.data['channel']).toBe('c-11999');
    expect(log.view.skippedHere).toBe(0);
  });

  it('says what the gateway skipped, what a jump lost, and what was overwritten before it was seen', () => {
    const clock = new Clock();
    const log = new LiveLog(100, clock);
    log.add(published('a', { skipped: 300 }));
    log.add(published('a', { skipped: 12 }));
    log.jumped(7);
    log.jumped(undefined);
    clock.go(100);
    expect(log.view).toMatchObject({ skippedByGateway: 312, lost: 8, skippedHere: 0, received: 2 });
    for (let i = 0; i < 250; i++) log.add(published('b'));
    clock.go(100);
    expect(log.view.skippedHere).toBe(150);
    expect(log.view.rows[0]!.data).not.toHaveProperty('skipped');
  });

  it('stands still while paused, tells how many wait, and goes on with them', () => {
    const clock = new Clock();
    const log = new LiveLog(100, clock);
    for (let i = 0; i < 5; i++) log.add(published(`before-${i}`));
    log.pause();
    for (let i = 0; i < 120; i++) log.add(published(`after-${i}`));
    clock.go(1_000);
    expect(log.view.rows.map(({ data }) => data['channel'])).toEqual(['before-0', 'before-1', 'before-2', 'before-3', 'before-4']);
    expect(log.view).toMatchObject({ paused: true, waiting: 120, skippedHere: 20 });
    log.resume();
    expect(log.view).toMatchObject({ paused: false, waiting: 0, skippedHere: 20 });
    expect(log.view.rows).toHaveLength(100);
    expect(log.view.rows[0]!.data['channel']).toBe('after-20');
  });

  it('looks through what it has with another filter, paused or not', () => {
    const clock = new Clock();
    const log = new LiveLog(100, clock);
    for (let i = 0; i < 10; i++) log.add(published(i % 2 ? 'odd' : 'even'));
    clock.go(100);
    log.filter = { ...EVERYTHING, channel: 'odd' };
    expect(log.view.rows).toHaveLength(5);
    log.pause();
    for (let i = 0; i < 200; i++) log.add(published('odd'));
    log.filter = { ...EVERYTHING, channel: 'even' };
    expect(log.view.rows).toHaveLength(5);
    log.filter = EVERYTHING;
    expect(log.view.rows).toHaveLength(10);
    log.resume();
    expect(log.view.rows).toHaveLength(100);
  });

  it('is empty and has nothing counted once it is cleared', () => {
    const clock = new Clock();
    const log = new LiveLog(10, clock);
    for (let i = 0; i < 30; i++) log.add(published('a', { skipped: 1 }));
    clock.go(100);
    log.clear();
    expect(log.view).toMatchObject({ rows: [], received: 0, kept: 0, skippedByGateway: 0, skippedHere: 0, lost: 0 });
    log.add(published('b'));
    clock.go(100);
    expect(log.view.rows.map(({ data }) => data['channel'])).toEqual(['b']);
  });

  it('keeps its view as it is as long as there is nothing new to see', () => {
    const clock = new Clock();
    const log = new LiveLog(100, clock);
    log.filter = { ...EVERYTHING, channel: 'wanted' };
    log.add(published('wanted'));
    clock.go(100);
    const { rows } = log.view;
    log.add(published('other'));
    clock.go(100);
    expect(log.view.rows).toBe(rows);
    expect(log.view.received).toBe(2);
  });

  it('takes 100,000 events between two draws, keeps what it has room for and counts the rest', () => {
    const clock = new Clock();
    const log = new LiveLog(5_000, clock);
    log.filter = { ...EVERYTHING, text: 'room-7' };
    for (let i = 0; i < 100_000; i++) log.add(published(`room-${i % 100}`, { clientId: 'ada', requestId: `${i}` }));
    clock.go(100);
    expect(log.view).toMatchObject({ received: 100_000, kept: 5_000, skippedHere: 95_000 });
    expect(log.view.rows.length).toBe((5_000 / 100) * 11);
  });
});

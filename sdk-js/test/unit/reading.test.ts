import { expect, test } from 'vitest';
import type { Discontinuity, Message, SubscribeOptions } from '../../src/index.js';
import { Audience } from '../../src/live/audience.js';
import type { Past } from '../../src/live/past.js';
import { Reading } from '../../src/live/reading.js';
import { LocalSubscription } from '../../src/live/subscription.js';

/** A channel with one listener, from this position on. */
class Heard {
  readonly seqs: number[] = [];
  readonly jumps: Discontinuity[] = [];
  readonly audience = new Audience();
  readonly reading: Reading;
  /** Of messages that have to be decrypted. */
  readonly pending: (() => void)[] = [];
  encrypted = false;

  constructor(since?: number) {
    this.listen(since === undefined ? {} : { since: { epoch: 'e', seq: since } });
    const read = (wire: { readonly seq: number }): Message | Promise<Message> => {
      const message = { id: `${wire.seq}`, channel: 'c', seq: wire.seq, epoch: 'e', data: 0, timestamp: 0 };
      return this.encrypted ? new Promise((resolve) => this.pending.push(() => resolve(message))) : message;
    };
    this.reading = new Reading({ channel: 'c', audience: this.audience, read, seen: () => undefined }, since === undefined ? undefined : { epoch: 'e', seq: since }, undefined);
  }

  listen(options: SubscribeOptions): void {
    this.audience.add(new LocalSubscription('c', ({ seq }) => this.seqs.push(seq), { onDiscontinuity: (jump) => this.jumps.push(jump), ...options }, () => undefined));
  }

  begin(seq: number, past?: Past): void {
    this.reading.subscribed({ type: 'subscribed', channel: 'c', epoch: 'e', seq, resumed: false }, past);
  }

  message(seq: number): void {
    this.reading.frame({ type: 'message', channel: 'c', seq, id: `${seq}`, data: 0, timestamp: 0 });
  }
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, n) => from + n);

test('AGapThatCannotBeReadInTimeIsAnnouncedAndWhatCameMeanwhileIsDeliveredOnce', () => {
  const heard = new Heard(4);
  heard.begin(9, { between: () => new Promise(() => undefined), back: () => Promise.reject(new Error('not asked')) });
  for (const seq of range(10, 10_009)) heard.message(seq);
  expect(heard.jumps).toMatchObject([{ reason: 'retention', from: { seq: 4 }, to: { seq: 9 } }]);
  heard.message(10_010);
  expect(heard.seqs).toEqual(range(10, 10_010));
});

test('MessagesThatCannotBeDecryptedInTimeArePassedOverAndTheJumpIsAnnouncedInItsPlace', async () => {
  const heard = new Heard();
  heard.begin(0);
  heard.encrypted = true;
  for (const seq of range(1, 10_050)) heard.message(seq);
  heard.pending.forEach((resolve) => resolve());
  await expect.poll(() => heard.jumps).toMatchObject([{ reason: 'slow', from: { seq: 10_000 }, to: { seq: 10_050 }, missed: 50 }]);
  heard.encrypted = false;
  heard.message(10_051);
  expect(heard.seqs).toEqual([...range(1, 10_000), 10_051]);
  expect(heard.jumps).toHaveLength(1);
});

test('AListenerWhosePositionLiesBeforeThatOfTheFirstIsToldOfItsGap', () => {
  const heard = new Heard();
  heard.listen({ since: { epoch: 'e', seq: 2 } });
  heard.begin(5);
  heard.message(6);
  expect(heard.jumps).toMatchObject([{ from: { seq: 2 }, to: { seq: 5 } }]);
  expect(heard.seqs).toEqual([6, 6]);
});

test('OfAReadingThatIsOverNothingIsDelivered', async () => {
  const heard = new Heard();
  heard.begin(0);
  heard.encrypted = true;
  heard.message(1);
  heard.reading.end();
  heard.pending.forEach((resolve) => resolve());
  await new Promise((next) => setImmediate(next));
  expect(heard.seqs).toEqual([]);
});

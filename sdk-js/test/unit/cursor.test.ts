import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Discontinuity } from '../../src/index.js';
import { Cursor } from '../../src/live/cursor.js';

test('WhateverIsSentAgainOrCutNothingIsLostSilentlyOrDeliveredTwice', () => {
  // A server that keeps the last `kept` messages, and a line that is cut after so many frames.
  const step = fc.record({ publish: fc.nat(8), read: fc.nat(8), cut: fc.boolean(), repeat: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 10 }), (steps, kept) => {
      const cursor = new Cursor('c');
      const jumps: Discontinuity[] = [];
      const got: number[] = [];
      const said = new Set<number>();
      let head = 0;
      let sent = 0;
      const subscribe = (): void => {
        const since = cursor.position?.seq;
        const lost = since !== undefined && since < head - kept;
        sent = lost ? head - kept : (since ?? head);
        const beginning = cursor.subscribed({ type: 'subscribed', channel: 'c', epoch: 'e', seq: sent, resumed: since !== undefined && !lost, ...(lost && { reason: 'retention' as const }) });
        if (beginning.type === 'jump') {
          jumps.push(beginning.jump);
          for (let seq = since! + 1; seq <= sent; seq++) said.add(seq);
        }
      };
      subscribe();
      for (const { publish, read, cut, repeat } of steps) {
        head += publish;
        if (repeat && sent > 0 && cursor.message({ seq: sent }).deliver) got.push(sent);
        for (let n = 0; n < read && sent < head; n++) if (cursor.message({ seq: ++sent }).deliver) got.push(sent);
        if (cut) subscribe();
      }
      subscribe();
      while (sent < head) if (cursor.message({ seq: ++sent }).deliver) got.push(sent);
      expect(new Set(got).size).toBe(got.length);
      expect([...got].sort((a, b) => a - b)).toEqual(got);
      expect(got.length + said.size).toBe(head);
      expect(cursor.position?.seq).toBe(head);
    }),
  );
});

test('AHoleThatNobodyAnnouncedIsAnnouncedHere', () => {
  const cursor = new Cursor('c');
  cursor.subscribed({ type: 'subscribed', channel: 'c', epoch: 'e', seq: 4, resumed: false });
  expect(cursor.message({ seq: 7 })).toMatchObject({ deliver: true, jump: { reason: 'loss', missed: 2 } });
});

test('AStreamThatCouldNotBeToldThePositionIsBehind', () => {
  const cursor = new Cursor('c', { epoch: 'e', seq: 4 });
  expect(cursor.subscribed({ type: 'subscribed', channel: 'c', epoch: 'e', seq: 9, resumed: false })).toMatchObject({ type: 'behind', from: { seq: 4 }, to: { seq: 9 } });
});

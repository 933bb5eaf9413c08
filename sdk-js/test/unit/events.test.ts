import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventParser } from '../../src/transport/events.js';

const TEXT = 'retry: 2000\n: open\n\nevent: message\nid: A1\ndata: {"a":"b: c"}\n\n: still here\n\nevent: x\ndata: one\ndata: two\r\n\r\n';

test('AStreamReadsTheSameHoweverItIsCut', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(TEXT.length)), (cuts) => {
      const parser = new EventParser();
      const at = [0, ...cuts.sort((a, b) => a - b), TEXT.length];
      const events = at.slice(1).flatMap((end, i) => [...parser.push(TEXT.slice(at[i], end))]);
      expect(events.filter(Boolean)).toEqual([{ data: '{"a":"b: c"}', id: 'A1' }, { data: 'one\ntwo' }]);
    }),
  );
});

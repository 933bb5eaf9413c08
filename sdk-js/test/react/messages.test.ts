import { describe, expect, test } from 'vitest';
import type { Message, OutgoingMessage, TidegateError } from '../../src/index.js';
import { MessageList } from '../../src/react/messages.js';

const message = (seq: number, epoch = 'a', id = `${epoch}${seq}`): Message<number> => ({
  id,
  channel: 'chat:1',
  seq,
  epoch,
  data: seq,
  timestamp: 1_000 + seq,
});

const outgoing = (id: string, more: Partial<OutgoingMessage<number>> = {}): OutgoingMessage<number> => ({
  id,
  channel: 'chat:1',
  data: 0,
  timestamp: 5,
  state: more.status ?? 'pending',
  status: 'pending',
  confirmed: Promise.resolve({ epoch: 'a', seq: 1 }),
  ...more,
});

const ids = (list: MessageList<number>) => list.items.map((item) => item.id);

describe('a list of messages', () => {
  test('shows an own message once, from pending to received', () => {
    const list = new MessageList<number>(10);
    list.received(message(1));
    list.outgoing(outgoing('mine'));
    list.received(message(2));
    expect(ids(list)).toEqual(['a1', 'a2', 'mine']);
    expect(list.items[2]).toMatchObject({ status: 'pending', timestamp: 5 });

    list.outgoing(outgoing('mine', { status: 'confirmed', seq: 3, epoch: 'a' }));
    list.received(message(4));
    list.received(message(3, 'a', 'mine'));
    expect(ids(list)).toEqual(['a1', 'a2', 'mine', 'a4']);
    expect(list.items[2]).toMatchObject({ status: 'confirmed', seq: 3, timestamp: 1_003 });
  });

  test('is not put back by an answer that comes after the message itself', () => {
    const list = new MessageList<number>(10);
    list.outgoing(outgoing('mine'));
    list.received(message(1, 'a', 'mine'));
    list.outgoing(outgoing('mine', { status: 'failed' }));
    expect(list.items).toMatchObject([{ id: 'mine', status: 'confirmed', seq: 1 }]);
  });

  test('keeps what failed where it was, until it is sent again under its id', () => {
    const list = new MessageList<number>(10);
    list.outgoing(outgoing('mine'));
    list.outgoing(outgoing('other'));
    const error = { code: 40003 } as TidegateError;
    list.outgoing(outgoing('mine', { status: 'failed', error }));
    expect(list.items).toMatchObject([{ id: 'mine', status: 'failed', error }, { id: 'other' }]);
    list.outgoing(outgoing('mine'));
    expect(list.items[0]).toMatchObject({ id: 'mine', status: 'pending' });
    expect(list.items[0]).not.toHaveProperty('error');
  });

  test('keeps the newest when it is full', () => {
    const list = new MessageList<number>(3);
    [1, 2, 3, 4, 5].forEach((seq) => list.received(message(seq)));
    expect(ids(list)).toEqual(['a3', 'a4', 'a5']);
  });

  test('grows by what history brings, which does not push out what is newer', () => {
    const list = new MessageList<number>(3);
    [3, 4, 5].forEach((seq) => list.received(message(seq)));
    expect(list.older([message(3), message(2), message(1)])).toBe(2);
    expect(ids(list)).toEqual(['a1', 'a2', 'a3', 'a4', 'a5']);
    list.received(message(6));
    expect(ids(list)).toEqual(['a2', 'a3', 'a4', 'a5', 'a6']);
  });

  test('orders by epoch before seq', () => {
    const list = new MessageList<number>(10);
    list.received(message(7, 'b'));
    list.received(message(1, 'c'));
    list.older([message(6, 'b'), message(9, 'a'), message(8, 'a')]);
    expect(ids(list)).toEqual(['a8', 'a9', 'b6', 'b7', 'c1']);
  });
});

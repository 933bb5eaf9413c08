import { describe, expect, it } from 'vitest';
import { ofLog, ofMessage, type LiveEvent } from './event';
import { EVERYTHING, isEverything, predicateOf, type LiveFilter } from './filter';

function event(name: string, data: Record<string, unknown>): LiveEvent {
  return { ...ofLog({ name, data, timestamp: 1 }), no: 1 };
}

function passes(filter: Partial<LiveFilter>, name: string, data: Record<string, unknown> = {}): boolean {
  return predicateOf({ ...EVERYTHING, ...filter })(event(name, data));
}

describe('a filter', () => {
  it('that is empty lets everything through', () => {
    expect(isEverything(EVERYTHING)).toBe(true);
    expect(passes({}, 'connection.opened')).toBe(true);
  });

  it('takes the beginning of a channel, or a pattern of the whole', () => {
    expect(passes({ channel: 'chat:' }, 'message.published', { channel: 'chat:room-7' })).toBe(true);
    expect(passes({ channel: 'room' }, 'message.published', { channel: 'chat:room-7' })).toBe(false);
    expect(passes({ channel: '*room*' }, 'message.published', { channel: 'chat:room-7' })).toBe(true);
    expect(passes({ channel: 'chat:*-7' }, 'message.published', { channel: 'chat:room-7' })).toBe(true);
    expect(passes({ channel: 'chat:*-8' }, 'message.published', { channel: 'chat:room-7' })).toBe(false);
    expect(passes({ channel: 'a*a' }, 'message.published', { channel: 'a' })).toBe(false);
    expect(passes({ channel: 'chat:' }, 'connection.opened')).toBe(false);
  });

  // One that goes back and forth would not end before the test's time is over.
  it('is done with the worst of patterns', () => {
    expect(passes({ channel: '*a'.repeat(200) + '*b' }, 'message.published', { channel: 'a'.repeat(255) })).toBe(false);
  });

  it('takes kinds and types', () => {
    expect(passes({ types: ['message'] }, 'message.refused')).toBe(true);
    expect(passes({ types: ['message.published', 'connection'] }, 'message.refused')).toBe(false);
    expect(passes({ types: ['message.published', 'connection'] }, 'connection.closed')).toBe(true);
  });

  it('finds all of its words, without those it excludes, whatever their case', () => {
    const data = { channel: 'chat:Room-7', keyName: '482913.k1', requestId: 'abc' };
    expect(passes({ text: 'ROOM-7 abc' }, 'message.published', data)).toBe(true);
    expect(passes({ text: 'room-7 xyz' }, 'message.published', data)).toBe(false);
    expect(passes({ text: '-published' }, 'message.published', data)).toBe(false);
    expect(passes({ text: 'k1 -refused' }, 'message.published', data)).toBe(true);
  });

  it('knows a refusal by its code', () => {
    expect(passes({ refusalsOnly: true }, 'subscription.removed', { code: 40301 })).toBe(true);
    expect(passes({ refusalsOnly: true }, 'subscription.removed')).toBe(false);
  });

  it('takes a client', () => {
    expect(passes({ client: 'ad' }, 'connection.opened', { clientId: 'ada' })).toBe(true);
    expect(passes({ client: 'ada' }, 'connection.opened')).toBe(false);
  });
});

describe('an event', () => {
  it('of data that nobody promised is a row all the same', () => {
    expect(ofLog({ data: 'text', timestamp: 5 })).toEqual({ type: 'unknown', timestamp: 5, data: { data: 'text' }, skipped: 0 });
    expect(ofLog({ name: 'x', data: { skipped: 'many' }, timestamp: 5 }).skipped).toBe(0);
  });

  it('of a watched channel shows bytes as base64, and nothing that is not there', () => {
    const row = ofMessage({ channel: 'c', seq: 1, id: 'm', data: new Uint8Array([104, 105]), encoding: 'base64', timestamp: 9 });
    expect(row.data).toEqual({ channel: 'c', seq: 1, id: 'm', encoding: 'base64', data: 'aGk=' });
  });
});

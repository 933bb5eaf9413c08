import { describe, expect, it } from 'vitest';
import { draftOf, EMPTY_DRAFT, read } from './draft';

describe('a draft', () => {
  it('of JSON is published as the value that it says', () => {
    expect(read({ ...EMPTY_DRAFT, channel: 'c', data: '[1, null]' })).toEqual({ publication: { channel: 'c', data: [1, null] } });
  });

  it('that is no JSON says so, and text is never taken for it', () => {
    expect(read({ ...EMPTY_DRAFT, channel: 'c', data: '{oops' }).fault).toMatch(/^This is not JSON: /);
    expect(read({ channel: 'c', name: 'n', kind: 'text', data: '{oops' })).toEqual({ publication: { channel: 'c', name: 'n', data: '{oops' } });
  });

  it('of bytes has to be base64', () => {
    expect(read({ channel: 'c', name: '', kind: 'bytes', data: 'aGk=\n' })).toEqual({ publication: { channel: 'c', data: 'aGk=', encoding: 'base64' } });
    expect(read({ channel: 'c', name: '', kind: 'bytes', data: 'hi!' }).fault).toBeDefined();
  });

  it.each([{ channel: 'c', data: { a: 1 }, headers: { lang: 'en' } }, { channel: 'c', name: 'n', data: 'text' }, { channel: 'c', data: 'aGk=', encoding: 'base64' }])('made of a message publishes the same: %j', (message) => {
    expect(read(draftOf(message)).publication).toEqual(message);
  });
});

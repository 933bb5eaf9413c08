import { expect, it } from 'vitest';
import { csv, holds, type Event } from './events';

const event: Event = {
  id: '1',
  at: '2026-05-04T09:31:07.120Z',
  actor: { kind: 'controlToken', id: 'c1', name: '=cmd()' },
  action: 'app.updated',
  target: { kind: 'app', id: '482913' },
  before: { name: 'a "b"' },
  after: null,
  requestId: null,
  hash: 'f'.repeat(64),
};

it('finds an event by words in what changed', () => {
  expect(holds(event, 'updated 482913')).toBe(true);
  expect(holds(event, 'updated 482914')).toBe(false);
});

it('a spreadsheet takes no exported field for a formula, and quotes stay quotes', () => {
  const [, line] = csv([event]).split('\r\n');
  expect(line).toContain("'=cmd()");
  expect(line).toContain('"{""name"":""a \\""b\\""""}"');
});

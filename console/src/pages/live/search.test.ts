import { expect, it } from 'vitest';
import { filterOf, liveSearch, searchOf } from './search';

it('a filter goes into the address and comes back as it was', () => {
  const filter = { text: 'a -b', channel: 'chat:*', client: 'ada', types: ['message'], refusalsOnly: true };
  const search = searchOf(filter, 'chat:room-7');
  expect(filterOf(liveSearch({ ...search }))).toEqual(filter);
  expect(search.watch).toBe('chat:room-7');
});

it('what somebody wrote into the address by hand is taken for what it can be, or for nothing', () => {
  expect(liveSearch({ text: {}, channel: ['x'], types: 'message', refusals: 'yes', watch: '' })).toEqual({});
  expect(liveSearch({ watch: 12, channel: true })).toEqual({ watch: '12', channel: 'true' });
});

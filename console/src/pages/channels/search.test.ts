import { expect, it } from 'vitest';
import { channelSearch } from './search';
import { localTime, timeOf } from './times';

it('every name of a channel is one in the address, a number and a word of JSON too', () => {
  expect(channelSearch({ name: 12 }).name).toBe('12');
  expect(channelSearch({ name: true }).name).toBe('true');
  expect(channelSearch({ name: 'chat:room-7', tab: 'presence', at: 1_777_887_067_000 })).toEqual({ name: 'chat:room-7', tab: 'presence', at: 1_777_887_067_000 });
  expect(channelSearch({ name: 'a', tab: 'nothing', at: 'soon' })).toEqual({ name: 'a' });
});

it('a time that is typed is the one that was shown', () => {
  expect(timeOf(localTime(1_777_887_067_000))).toBe(1_777_887_067_000);
  expect(timeOf('')).toBeUndefined();
  expect(timeOf('tomorrow')).toBeUndefined();
});

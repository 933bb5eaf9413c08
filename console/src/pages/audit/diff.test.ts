import { expect, it } from 'vitest';
import { diff } from './diff';

it('names the field that changed, with what it was and what it is', () => {
  expect(diff({ name: 'a', limits: { connections: 1, channels: null } }, { name: 'a', limits: { connections: 2, channels: null } })).toEqual([
    { path: 'limits.connections', before: 1, after: 2 },
  ]);
});

it('tells an empty list from one with something in it', () => {
  expect(diff({ settings: { allowedOrigins: [] } }, { settings: { allowedOrigins: ['https://a'] } })).toEqual([
    { path: 'settings.allowedOrigins', before: [], after: ['https://a'] },
  ]);
});

it('goes into lists by their place', () => {
  expect(diff({ to: ['a', 'b'] }, { to: ['a', 'c', 'd'] })).toEqual([
    { path: 'to[1]', before: 'b', after: 'c' },
    { path: 'to[2]', before: undefined, after: 'd' },
  ]);
});

it('shows all fields of what is new or deleted', () => {
  expect(diff(undefined, { id: '1', caps: { '*': ['publish'] } })).toEqual([
    { path: 'id', before: undefined, after: '1' },
    { path: 'caps.*[0]', before: undefined, after: 'publish' },
  ]);
  expect(diff({ id: '1' }, undefined)).toEqual([{ path: 'id', before: '1', after: undefined }]);
});

it('finds nothing in what is equal', () => {
  expect(diff({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toEqual([]);
});

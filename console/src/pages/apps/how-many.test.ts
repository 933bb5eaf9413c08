import { expect, test } from 'vitest';
import { howMany } from './how-many';

test('WhatGoesWithAnAppIsCountedInWords', () => {
  expect(howMany(undefined, 'key')).toBe('all keys');
  expect(howMany({ items: [1], next: null }, 'key')).toBe('1 key');
  expect(howMany({ items: [], next: null }, 'key')).toBe('0 keys');
  expect(howMany({ items: Array.from({ length: 1000 }), next: 'on' }, 'key')).toBe('more than 1,000 keys');
});

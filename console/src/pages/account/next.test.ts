import { expect, it } from 'vitest';
import { isInside } from './next';

it('a sign-in leads to a page of the console, never elsewhere', () => {
  expect(['/', '/apps/1/live?q=a', '/errors?code=40160'].map(isInside)).toEqual([true, true, true]);
  expect(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', ''].map(isInside)).toEqual([false, false, false, false, false]);
});

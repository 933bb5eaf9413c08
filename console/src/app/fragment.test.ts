import { expect, it } from 'vitest';
import { takeFragment } from './fragment';

function at(url: string): { location: Location; history: History; shown: () => string } {
  let shown = url;
  const history = { state: null, replaceState: (_state: unknown, _title: string, next: string) => (shown = next) } as unknown as History;
  return { location: new URL(url) as unknown as Location, history, shown: () => shown };
}

it('a sign-in link leaves the address at once', () => {
  const page = at('http://localhost/console/sign-in?next=%2F#link=s3cret');
  expect(takeFragment(page.location, page.history)).toEqual({ link: 's3cret' });
  expect(page.shown()).toBe('/console/sign-in?next=%2F');
});

it('an invitation leaves the address at once', () => {
  const page = at('http://localhost/console/invitation#invitation=a-b_c');
  expect(takeFragment(page.location, page.history)).toEqual({ invitation: 'a-b_c' });
  expect(page.shown()).toBe('/console/invitation');
});

it('a fragment that brings nothing stays', () => {
  const page = at('http://localhost/console/errors#40160');
  expect(takeFragment(page.location, page.history)).toEqual({});
  expect(page.shown()).toContain('#40160');
});

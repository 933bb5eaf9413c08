import { expect, test } from 'vitest';
import { byOf, refusalSearch, searchOf } from './search';

test('OneThingIsSearchedByAtATime', () => {
  expect(refusalSearch({ requestId: 5, clientId: 'ada' })).toEqual({ requestId: '5' });
  expect(refusalSearch({ clientId: 'ada', code: 40301 })).toEqual({ clientId: 'ada' });
  expect(refusalSearch({ code: '40301' })).toEqual({ code: 40301 });
  expect(refusalSearch({ code: 200 })).toEqual({});
  expect(searchOf('code', ' 40301 ')).toEqual({ code: 40301 });
  expect(searchOf('clientId', '  ')).toEqual({});
  expect([byOf({}), byOf({ clientId: 'a' }), byOf({ code: 1 })]).toEqual(['requestId', 'clientId', 'code']);
});

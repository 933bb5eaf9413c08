import { act, renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useMaking } from './use-making';

test('NothingIsSentWhileSomethingIsUnfinishedAndTheFormSaysSoFromThen', async () => {
  const { result } = renderHook(() => useMaking<string>());
  let sent = 0;
  const send = async (): Promise<string> => `made ${++sent}`;
  expect(result.current).toMatchObject({ tried: false, made: null });
  await act(async () => result.current.make({ name: 'Give it a name.' }, send));
  expect(result.current).toMatchObject({ tried: true, made: null, error: null });
  expect(sent).toBe(0);
  await act(async () => result.current.make({}, send));
  expect(result.current.made).toBe('made 1');
});

test('ARefusalIsSaidAndTheLastOneMadeIsNotShownBesideIt', async () => {
  const { result } = renderHook(() => useMaking<string>());
  await act(async () => result.current.make({}, () => Promise.resolve('the first')));
  const refused = new Error('The limit is reached.');
  await act(async () => result.current.make({}, () => Promise.reject(refused)));
  expect(result.current).toMatchObject({ busy: false, made: null, error: refused });
});

import { act, renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useTyped } from './use-typed';

function field(address: string) {
  const { result, rerender } = renderHook(({ inAddress }) => useTyped(inAddress), { initialProps: { inAddress: address } });
  return {
    typed: () => result.current[0],
    type: (text: string) => act(() => result.current[1](text)),
    arrives: (inAddress: string) => rerender({ inAddress }),
  };
}

test('AnAddressThatComesLateTakesNothingOfWhatIsTyped', () => {
  const one = field('');
  for (const text of ['c', 'ch', 'cha']) one.type(text);
  one.arrives('c');
  expect(one.typed()).toBe('cha');
  one.type('chat');
  one.arrives('cha');
  one.arrives('chat');
  expect(one.typed()).toBe('chat');
});

test('ALinkThatChangesTheAddressChangesTheField', () => {
  const one = field('chat:');
  one.arrives('');
  expect(one.typed()).toBe('');
  one.type('a');
  one.arrives('a');
  one.arrives('chat:');
  expect(one.typed()).toBe('chat:');
});

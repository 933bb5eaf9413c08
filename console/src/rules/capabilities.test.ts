import { expect, test } from 'vitest';
import { capabilitiesOf, capabilityFaults, grantsOf, parseCapabilities, wouldAllow, type Grant } from './capabilities';
import { sampleChannel, sampleFor } from './sample-channel';

const grants: Grant[] = [
  { pattern: 'chat:*', operations: ['publish', 'subscribe'] },
  { pattern: '*', operations: ['history'] },
];

test('CapabilitiesSurviveTheEditor', () => {
  expect(capabilitiesOf(grantsOf({ 'chat:*': ['subscribe', 'publish'], '*': ['history'] }))).toEqual({
    'chat:*': ['publish', 'subscribe'],
    '*': ['history'],
  });
  expect(Object.keys(capabilitiesOf([{ pattern: '__proto__', operations: ['publish'] }]))).toEqual(['__proto__']);
});

test('ALineThatIsNotFinishedSaysWhy', () => {
  expect(capabilityFaults([], 'key')).toHaveLength(1);
  expect(capabilityFaults([{ pattern: 'a*b', operations: [] }], 'key').map(({ line }) => line)).toEqual([0, 0]);
  expect(capabilityFaults([...grants, { pattern: 'chat:*', operations: ['publish'] }], 'key')).toEqual([
    { line: 2, message: 'This pattern stands above already.' },
  ]);
  expect(capabilityFaults([{ pattern: '*', operations: ['admin'] }], 'token')).toHaveLength(1);
  expect(capabilityFaults([{ pattern: '*', operations: ['admin'] }], 'key')).toEqual([]);
});

test('WhatGrantsAnOperationIsNamed', () => {
  expect(wouldAllow(grants, 'publish', 'chat:a')).toEqual({ allowed: true, by: 'chat:*' });
  expect(wouldAllow(grants, 'history', 'news')).toEqual({ allowed: true, by: '*' });
  expect(wouldAllow(grants, 'publish', 'news')).toEqual({ allowed: false, by: null });
  expect(wouldAllow([{ pattern: 'a*b', operations: ['publish'] }], 'publish', 'a*b').allowed).toBe(false);
});

test('TheLogOfTheAppIsReadWithAdminAndWrittenByNobody', () => {
  const admin: Grant[] = [{ pattern: '*', operations: ['publish', 'subscribe', 'admin'] }];
  expect(wouldAllow(admin, 'subscribe', '[meta]log').allowed).toBe(true);
  expect(wouldAllow(admin, 'publish', '[meta]log').allowed).toBe(false);
  expect(wouldAllow(grants, 'history', '[meta]log').allowed).toBe(false);
});

test('PastedCapabilitiesAreReadStrictly', () => {
  expect(parseCapabilities('{"a":["publish"]}')).toEqual({ grants: [{ pattern: 'a', operations: ['publish'] }] });
  for (const text of ['', '[]', 'null', '{"a":"publish"}', '{"a":["dance"]}', '{"a":[1]}']) {
    expect(parseCapabilities(text), text).toHaveProperty('fault');
  }
});

test('ASampleChannelIsCoveredByItsPattern', () => {
  expect(['*', 'chat:*', 'chat-*', 'a:*:c', 'news'].map(sampleChannel)).toEqual(['hello', 'chat:hello', 'chat-hello', 'a:hello:c', 'news']);
  expect(sampleFor(grants, ['publish', 'subscribe'])).toBe('chat:hello');
  expect(sampleFor([{ pattern: '*', operations: ['admin'] }], ['publish', 'subscribe'])).toBeNull();
});

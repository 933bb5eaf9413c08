import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { candidates, whyBefore } from './applying';
import { channelNameFault } from './channel-name';
import { firstDifference, matches, mostSpecificFirst, patternFault } from './channel-pattern';

interface Vectors {
  readonly names: { readonly taken: string[]; readonly refused: string[] };
  readonly patterns: { readonly taken: string[]; readonly refused: string[] };
  readonly matching: { readonly pattern: string; readonly matches: string[]; readonly not: string[] }[];
  readonly orders: string[][];
  readonly applying: { readonly namespaces: Record<string, string>; readonly channel: string; readonly applies: string | null }[];
}

/** The gateway passes the same ones: PatternVectorsTest. */
const vectors = JSON.parse(readFileSync('../openapi/vectors/patterns.json', 'utf8')) as Vectors;

test('NamesAreTakenOrRefusedAsTheVectorsSay', () => {
  for (const name of vectors.names.taken) expect(channelNameFault(name), name).toBeNull();
  for (const name of vectors.names.refused) expect(channelNameFault(name), JSON.stringify(name)).not.toBeNull();
  expect(channelNameFault('a\ud800')).not.toBeNull();
});

test('PatternsAreTakenOrRefusedAsTheVectorsSay', () => {
  for (const pattern of vectors.patterns.taken) expect(patternFault(pattern), pattern).toBeNull();
  for (const pattern of vectors.patterns.refused) expect(patternFault(pattern), JSON.stringify(pattern)).not.toBeNull();
  expect(patternFault('a\udc00')).not.toBeNull();
});

test.each(vectors.matching)('APatternCoversTheNamesThatTheVectorsSay: $pattern', ({ pattern, matches: yes, not }) => {
  expect(yes.filter((name) => !matches(pattern, name))).toEqual([]);
  expect(not.filter((name) => matches(pattern, name))).toEqual([]);
});

test('TheMoreSpecificPatternIsTheOneOfTheVectors', () => {
  for (const order of vectors.orders) expect([...order].reverse().sort(mostSpecificFirst)).toEqual(order);
});

test.each(vectors.applying)('TheNamespaceOfTheVectorsApplies: $channel', ({ namespaces, channel, applies }) => {
  const named = Object.entries(namespaces).map(([name, pattern]) => ({ name, pattern }));
  expect(candidates(named, channel).find(({ difference }) => difference === null)?.namespace.name ?? null).toBe(applies);
});

test('ATesterSaysWhereNameAndPatternPart', () => {
  expect(firstDifference('chat:*', 'chat')).toBe('the name ends before “*”');
  expect(firstDifference('chat:room-*', 'chat:lobby')).toBe('“lobby” does not begin with “room-”');
  expect(firstDifference('chat', 'chat:a:b')).toBe('the name goes on with “a:b”');
  expect(firstDifference('chat:*', 'news:a')).toBe('“news” is not “chat”');
  expect(firstDifference('*:log', 'a:log')).toBeNull();
});

test('WhyOneNamespaceGoesBeforeAnotherIsSaid', () => {
  const [first, second] = candidates([{ name: 'all', pattern: '*' }, { name: 'chat', pattern: 'chat:*' }], 'chat:a');
  expect(first?.namespace.name).toBe('chat');
  expect(whyBefore(first!.namespace, second!.namespace)).toContain('more literal segments');
  expect(whyBefore({ name: 'a', pattern: 'ab*' }, { name: 'b', pattern: 'a*' })).toContain('more literal characters');
  expect(whyBefore({ name: 'a', pattern: 'a*' }, { name: 'b', pattern: 'a*' })).toContain('first by name');
});

import { expect, test } from 'vitest';
import { firstStepsFor, setKey, snippetsOf } from './first-steps';
import { segment } from './url';

test('AChannelIsOneSegmentOfAPath', () => {
  expect(segment('a/b:c?&#')).toBe('a%2Fb:c%3F%26%23');
});

test('FirstStepsAreWhatTheKeyMay', () => {
  const url = 'https://gate.example';
  expect(firstStepsFor(url, [{ pattern: '*', operations: ['admin'] }])).toBeNull();
  const reader = firstStepsFor(url, [{ pattern: 'news:*', operations: ['subscribe'] }]);
  expect(reader).toEqual({ url, channel: 'news:hello', publish: false, subscribe: true });
  expect(snippetsOf('curl', reader!).map(({ code }) => code)).toEqual([
    `curl -N -u "$TIDEGATE_KEY" 'https://gate.example/v1/sse?channel=news:hello'`,
  ]);
  const both = firstStepsFor(url, [{ pattern: 'chat:*', operations: ['publish', 'subscribe'] }])!;
  for (const language of ['curl', 'javascript', 'java'] as const) {
    const text = snippetsOf(language, both).map(({ code }) => code).join('\n');
    expect(text).toContain('TIDEGATE_KEY');
    expect(text).toContain('Hello');
  }
});

test('TheSecretStandsInOneSnippetOnly', () => {
  expect(setKey('1.k:s3cret').code).toBe('export TIDEGATE_KEY=1.k:s3cret');
  expect(setKey('1.k:SECRET').title).toBe(setKey('1.k:s3cret').title);
});

import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { firstStepsFor, setKey, snippetsOf } from './first-steps';
import { js, segment, sh } from './quote';

const nasty = `it's "$(touch /tmp/x)" \`id\` \\ ü`;

test('NothingThatIsCopiedIntoAShellIsRun', () => {
  expect(execFileSync('sh', ['-c', `printf %s ${sh(nasty)}`], { encoding: 'utf8' })).toBe(nasty);
});

test('ALiteralOfJavaScriptIsTheText', () => {
  expect(new Function(`return ${js(nasty)}`)()).toBe(nasty);
});

test('AChannelIsOneSegmentOfAPath', () => {
  expect(segment("a/b:c!'()*")).toBe('a%2Fb%3Ac%21%27%28%29%2A');
});

test('FirstStepsAreWhatTheKeyMay', () => {
  const url = 'https://gate.example';
  expect(firstStepsFor(url, [{ pattern: '*', operations: ['admin'] }])).toBeNull();
  const reader = firstStepsFor(url, [{ pattern: 'news:*', operations: ['subscribe'] }]);
  expect(reader).toEqual({ url, channel: 'news:hello', publish: false, subscribe: true });
  expect(snippetsOf('curl', reader!).map(({ code }) => code)).toEqual([
    `curl -N -u "$TIDEGATE_KEY" 'https://gate.example/v1/sse?channel=news%3Ahello'`,
  ]);
  const both = firstStepsFor(url, [{ pattern: 'chat:*', operations: ['publish', 'subscribe'] }])!;
  for (const language of ['curl', 'javascript', 'java'] as const) {
    const text = snippetsOf(language, both).map(({ code }) => code).join('\n');
    expect(text).toContain('TIDEGATE_KEY');
    expect(text).toContain('Hello');
  }
});

test('TheSecretStandsInOneSnippetOnly', () => {
  expect(setKey('1.k:s3cret').code).toBe("export TIDEGATE_KEY='1.k:s3cret'");
  expect(setKey('1.k:SECRET').title).toBe(setKey('1.k:s3cret').title);
});

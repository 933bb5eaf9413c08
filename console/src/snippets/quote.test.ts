import { execFileSync } from 'node:child_process';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { java, javascript, json, shell } from './quote';

const HOSTILE = [
  `'; rm -rf ~; echo '`,
  '$(touch /tmp/owned) `id` ${HOME} !!',
  'two\nlines\r\nand\ttabs',
  '\u001b[201~\nrm -rf ~\n',
  '\u0000nul? \u0007 \u009b31m',
  '\\u0022 + System.exit(1) + \\u0022',
  '\\',
  '"; System.exit(1); //',
  '\u2028\u2029\u202e\u2066\u200b\ufeff',
  '</script><script>alert(1)</script>',
  '\ud800 half',
  '-rf',
  '@/etc/passwd',
  '',
  'Grüße 👋🏽 日本',
  "it's \\'quoted\\'",
  '\u00011',
];
/** What a shell can be given at all. */
const withoutNul = HOSTILE.filter((text) => !text.includes('\u0000') && !/\p{Cs}/u.test(text));

describe('a word of a shell', () => {
  it.each(withoutNul)('is what it was, in a real bash: %j', (text) => {
    const said = execFileSync('bash', ['--norc', '-c', `printf %s ${shell(text)}`], { encoding: 'utf8', env: { LC_ALL: 'C.UTF-8', PATH: process.env['PATH'] } });
    expect(said).toBe(text);
  });

  it.each(HOSTILE)('has nothing that a terminal obeys: %j', (text) => {
    expect(shell(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b\u2028\u202e]/);
  });
});

describe('a value in JSON', () => {
  it.each(HOSTILE)('reads as what it was, and shows what it is: %j', (text) => {
    const written = json({ [text]: [text] });
    expect(JSON.parse(written)).toEqual({ [text]: [text] });
    expect(written).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b\u2028\u202e]/);
  });
});

describe('an expression of JavaScript', () => {
  it.each(HOSTILE)('is what it was when it is run, and nothing else happens: %j', (text) => {
    const value = { [text]: text, list: [text, 1, null, true], deep: { [text]: {} } };
    const written = javascript(value);
    expect(JSON.parse(JSON.stringify(runInNewContext(`(${written})`, Object.create(null))))).toEqual(value);
    expect(written).not.toContain('</');
  });

  it('keeps a value whose name is __proto__', () => {
    const value: unknown = JSON.parse('{"__proto__": {"admin": true}}');
    const made: unknown = runInNewContext(`JSON.stringify(${javascript(value)})`);
    expect(made).toBe('{"__proto__":{"admin":true}}');
  });
});

/** As javac reads it: Unicode escapes first, then the literal (JLS 3.3, 3.10.7). */
function asJavacReads(literal: string): string {
  const units = literal.replace(/(?<!\\)((?:\\\\)*)\\u+([0-9a-fA-F]{4})/g, (_, before: string, hex: string) => before + String.fromCharCode(parseInt(hex, 16)));
  const body = /^"((?:[^"\\\n\r]|\\(?:[btnfrs"'\\]|[0-3]?[0-7]{1,2}))*)"$/.exec(units);
  if (!body) throw new Error(`not one literal: ${literal}`);
  const names: Record<string, string> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', s: ' ', '"': '"', "'": "'", '\\': '\\' };
  return body[1]!.replace(/\\([0-3]?[0-7]{1,2}|.)/g, (_, escape: string) => names[escape] ?? String.fromCharCode(parseInt(escape, 8)));
}

describe('a literal of Java', () => {
  it.each(HOSTILE)('is one literal that is what it was: %j', (text) => {
    expect(asJavacReads(java(text))).toBe(text);
  });
});

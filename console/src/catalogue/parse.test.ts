import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseCatalogue } from './parse';

const markdown = readFileSync('../docs/errors.md', 'utf8');
const rows = parseCatalogue(markdown);

test('EveryRowOfTheCatalogueIsRead', () => {
  expect(rows.length).toBe(markdown.match(/^\| \d{5} /gm)?.length);
  expect(rows.length).toBeGreaterThan(80);
  expect(new Set(rows.map(({ code }) => code)).size).toBe(rows.length);
  for (const row of rows) {
    expect(String(row.code).slice(0, 3)).toBe(String(row.status));
    expect(row.title).not.toBe('');
    expect(row.meaning.length).toBeGreaterThan(0);
  }
});

test('ARowIsTextsAndPiecesOfText', () => {
  const row = rows.find(({ code }) => code === 40304);
  expect(row).toMatchObject({ slug: 'origin-refused', status: 403, close: 4009, retry: 'no', ably: null, title: 'Origin not allowed' });
  expect(row?.meaning).toContainEqual({ code: 'allowedOrigins' });
  const all = JSON.stringify(rows);
  expect(all).not.toContain('<a');
  expect(all).not.toContain('](');
});

test('ALineThatIsNoRowEndsTheBuild', () => {
  expect(() => parseCatalogue('| 40000 | `x` | 400 | - | perhaps | - | X | y |')).toThrow('not a row');
  expect(() => parseCatalogue('| 40000 | `x` | 400 |')).toThrow('not a row');
});

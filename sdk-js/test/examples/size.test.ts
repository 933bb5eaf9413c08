import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EXAMPLES } from '../browser/support/example.js';

test.each(['chat', 'cursors', 'dashboard', 'quiz'])('%s is 150 lines or less in all', (name) => {
  const folder = new URL(`${name}/`, EXAMPLES);
  const lines = readdirSync(folder).flatMap((file) => readFileSync(new URL(file, folder), 'utf8').trimEnd().split('\n'));
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.length).toBeLessThanOrEqual(150);
  expect(lines.filter((line) => line.length > 140)).toEqual([]);
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = join(__dirname, '../..');
const mantine = join(root, 'node_modules/@mantine/core');
const loaded = [...readFileSync(join(root, 'src/app/mantine-styles.ts'), 'utf8').matchAll(/styles\/([\w-]+)\.css'/g)].map(([, name]) => name!);

function inUse(): Set<string> {
  const used = new Set<string>();
  for (const file of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.tsx')) continue;
    const code = readFileSync(join(root, 'src', file), 'utf8');
    for (const [, names] of code.matchAll(/import \{([^}]*)\} from '@mantine\/core'/g)) {
      for (const name of names!.split(',')) used.add(name.trim().split('.')[0]!);
    }
  }
  return used;
}

/** Every module that a part of Mantine is made of. */
function madeOf(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file) || !existsSync(file)) return found;
  found.add(file);
  for (const [, next] of readFileSync(file, 'utf8').matchAll(/from\s*"(\.[^"]+)"/g)) madeOf(resolve(dirname(file), next!), found);
  return found;
}

it('the styles of every part of Mantine in use are loaded', () => {
  const missing = [...inUse()].filter((name) => existsSync(join(mantine, `styles/${name}.css`)) && !loaded.includes(name));
  expect(missing).toEqual([]);
});

it('and of no other: each page waits for all of them', () => {
  const modules = new Set<string>();
  for (const name of inUse()) for (const file of madeOf(join(mantine, `esm/components/${name}/${name}.mjs`))) modules.add(file);
  const styled = new Set([...modules].map((file) => /([^/]+)\.module[^/]*\.mjs$/.exec(file)?.[1]));
  const ofAll = ['baseline', 'default-css-variables', 'global'];
  expect(loaded.filter((name) => !ofAll.includes(name) && !styled.has(name))).toEqual([]);
});

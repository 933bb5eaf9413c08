import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(__dirname, '../..');

it('the styles of every part of Mantine in use are loaded', () => {
  const loaded = readFileSync(join(root, 'src/app/mantine-styles.ts'), 'utf8');
  const used = new Set<string>();
  for (const file of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.tsx')) continue;
    const code = readFileSync(join(root, 'src', file), 'utf8');
    for (const [, names] of code.matchAll(/import \{([^}]*)\} from '@mantine\/core'/g)) {
      for (const name of names!.split(',')) used.add(name.trim().split('.')[0]!);
    }
  }
  const missing = [...used].filter((name) => existsSync(join(root, `node_modules/@mantine/core/styles/${name}.css`)) && !loaded.includes(`/${name}.css'`));
  expect(missing).toEqual([]);
});

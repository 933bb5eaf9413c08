import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const MOST_BYTES = 12_000;

/** What a page loads that opens a WebSocket: the entry and every chunk that it imports at once. The fallback, the cipher and signing with a key are others. */
test('TheCoreIsLessThan12000BytesGzipped', async () => {
  const { outputFiles } = await build({ entryPoints: ['src/index.ts'], bundle: true, minify: true, format: 'esm', splitting: true, outdir: 'dist', write: false });
  const loaded = new Set<string>();
  const load = (name: string): void => {
    if (loaded.has(name)) return;
    loaded.add(name);
    const file = outputFiles.find(({ path }) => path.endsWith(`/${name}`))!;
    for (const [, other] of file.text.matchAll(/(?:from|import)"\.\/([^"]+)"/g)) load(other!);
  };
  load('index.js');
  const sizes = [...loaded].map((name) => gzipSync(outputFiles.find(({ path }) => path.endsWith(`/${name}`))!.contents, { level: 9 }).length);
  expect(loaded.size).toBeLessThan(outputFiles.length);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(MOST_BYTES);
});

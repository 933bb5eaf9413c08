// After `vite build`: puts .gz and .br beside what is worth it, and fails when a page's first load has grown past the budget.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** What a page may load before it can be used: HTML, scripts and styles, gzipped as they travel. Fonts are `optional`: nothing waits for them. */
const BUDGET_BYTES = 250_000;
const dist = new URL('../dist/', import.meta.url).pathname;

const gzipped = new Map();
for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath, entry.name);
  if (!entry.isFile() || /\.(gz|br)$/.test(file)) continue;
  const bytes = readFileSync(file);
  const gzip = gzipSync(bytes, { level: 9 });
  const name = file.slice(dist.length);
  // index.html gets a nonce with each answer, a font is compressed already.
  if (/\.(js|css|svg|map)$/.test(name)) {
    writeFileSync(`${file}.gz`, gzip);
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  }
  gzipped.set(name, /\.woff2$/.test(name) ? bytes.length : gzip.length);
}

const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));

/** The files a chunk needs before it runs. What it asks for later, when a dialog or the palette is opened, is no part of them. */
function closure(key, seen = new Set(), files = new Set()) {
  if (seen.has(key)) return files;
  seen.add(key);
  const chunk = manifest[key];
  files.add(chunk.file);
  for (const css of chunk.css ?? []) files.add(css);
  for (const next of chunk.imports ?? []) closure(next, seen, files);
  return files;
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
/** Around every page but those for who is not signed in. */
const SHELL = 'src/app/shell/Shell.tsx';
const OUTSIDE = /SignInPage|InvitationPage/;
let failed = false;
const pages = (manifest[entry].dynamicImports ?? []).filter((key) => key !== SHELL).map((key) => {
  const files = new Set(['index.html', ...closure(entry), ...closure(key), ...(OUTSIDE.test(key) ? [] : closure(SHELL))]);
  const size = [...files].reduce((sum, name) => sum + gzipped.get(name), 0);
  if (size > BUDGET_BYTES) failed = true;
  return [key, size];
});
pages.sort((a, b) => b[1] - a[1]);
for (const [key, size] of pages) {
  const mark = size > BUDGET_BYTES ? 'TOO LARGE' : '';
  console.log(`${(size / 1000).toFixed(1).padStart(7)} kB  ${key.replace('src/pages/', '')} ${mark}`);
}
console.log(`of ${BUDGET_BYTES / 1000} kB for a page's first load`);
if (failed) process.exit(1);

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { parseCatalogue } from '../src/catalogue/parse.ts';

const MODULE = 'virtual:error-catalogue';
const ERRORS_MD = fileURLToPath(new URL('../../docs/errors.md', import.meta.url));

/** `virtual:error-catalogue`: the rows of docs/errors.md, read when the console is built. */
export function errorCatalogue(): Plugin {
  return {
    name: 'error-catalogue',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : null),
    load(id) {
      if (id !== `\0${MODULE}`) return null;
      this.addWatchFile(ERRORS_MD);
      return `export const rows = ${JSON.stringify(parseCatalogue(readFileSync(ERRORS_MD, 'utf8')))};`;
    },
  };
}

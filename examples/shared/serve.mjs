// A small web server for one example: its folder, the shared files, the built SDK, and its own routes.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { url as gateway } from './gateway.mjs';

const EXAMPLES = new URL('../', import.meta.url);
const SDK = new URL('../../sdk-js/dist/', import.meta.url);
const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};
/** Scripts and styles from here only; the page may talk to itself and to the gateway. */
const POLICY =
  `default-src 'self'; connect-src 'self' ${gateway} ${gateway.replace(/^http/, 'ws')}`;

/**
 * Serves on PORT, 3000 when not given. Pages import the gateway's `url` from /gateway.js.
 *
 * @param folder URL of a file beside the example's index.html
 * @param routes `{ 'GET /token': async (query) => answer }`, answered as JSON; what throws is a 400
 */
export function serve(folder, routes) {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://localhost');
    const route = routes[`${request.method} ${url.pathname}`];
    try {
      if (route) {
        send(response, 200, 'application/json', JSON.stringify(await route(url.searchParams)));
      } else if (url.pathname === '/gateway.js') {
        send(response, 200, TYPES['.js'], `export const url = ${JSON.stringify(gateway)};\n`);
      } else {
        await sendFile(response, url.pathname, folder);
      }
    } catch (fault) {
      send(response, 400, 'text/plain; charset=utf-8', fault.message);
    }
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
      console.log(`  Open http://127.0.0.1:${server.address().port}/ (in two windows, to talk to yourself)`);
      resolve(server);
    });
  });
}

async function sendFile(response, path, folder) {
  const name = path === '/' ? 'index.html' : path.slice(1);
  const type = TYPES[extname(name)];
  if (!type || name.includes('..')) {
    return send(response, 404, 'text/plain; charset=utf-8', 'There is nothing here.');
  }
  const from = name.startsWith('sdk/')
    ? new URL(name.slice(4), SDK)
    : new URL(name, name.startsWith('shared/') ? EXAMPLES : folder);
  try {
    send(response, 200, type, await readFile(from), POLICY);
  } catch {
    send(response, 404, 'text/plain; charset=utf-8', 'There is nothing here.');
  }
}

function send(response, status, type, body, csp = "default-src 'none'") {
  response.writeHead(status, {
    'Content-Type': type,
    'Cache-Control': 'no-store',
    'Content-Security-Policy': csp,
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(body);
}

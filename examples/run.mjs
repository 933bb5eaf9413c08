#!/usr/bin/env node
// Starts an example, and a gateway if none answers: `make example NAME=chat` comes here.

const NAMES = ['chat', 'cursors', 'dashboard', 'quiz'];
const USAGE = `
  make example NAME=${NAMES.join('|')}

  PORT           where the page is served, 3000 when not given; 0: any
  TIDEGATE_URL   the gateway, http://127.0.0.1:8080 when not given (or the port in TIDEGATE_PORT)
  TIDEGATE_KEY, TIDEGATE_OPERATOR_TOKEN   of that gateway; when not given, from the folder TIDEGATE_DATA
`;

const name = process.argv[2];
if (!NAMES.includes(name)) {
  console.error(`example: there is no example "${name ?? ''}"\n${USAGE}`);
  process.exit(1);
}
await import(`./${name}/server.mjs`);

#!/bin/sh
# Builds console/dist where something that it is made of is newer: its sources, sdk-js' (taken in as source), the
# contract (its types) and the catalogue of refusals. Without Node.js it builds nothing and says so.
set -eu
cd "$(dirname "$0")/.."
[ -f console/package.json ] || exit 0
built=console/dist/index.html
made_of="console/package-lock.json console/index.html console/vite.config.ts console/tsconfig.json console/src console/public console/scripts
  sdk-js/src openapi/openapi.yaml docs/errors.md"
# shellcheck disable=SC2086
if [ -f "$built" ] && [ -z "$(find $made_of -type f ! -name schema.d.ts -newer "$built" -print | head -n 1)" ]; then
  exit 0
fi
if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
  echo "NOT BUILT: the console, for want of Node.js. The gateway says so under /console." >&2
  [ "${CI:-}" = true ] && exit 1
  exit 0
fi
modules=console/node_modules/.package-lock.json
if [ ! -f "$modules" ] || [ console/package-lock.json -nt "$modules" ]; then
  npm ci --silent --no-audit --no-fund --prefix console
  touch "$modules"
fi
npm run --silent --prefix console build
# Names of files change with their content: none of the last time goes into the jar.
rm -rf api/target/classes/console
touch "$built"

#!/usr/bin/env node
// Replays real data into a gateway's demo app: every row of stocks.csv into stocks:<symbol>, every
// feature of earthquakes.json into quakes:<region>. Watch it at /demo.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Gateway, Refused } from './gateway.mjs';
import { number, Progress } from './progress.mjs';
import { readRows } from './rows.mjs';

const USAGE = `
  node feed.mjs [--speed <rows per second> | --speed max] [--loop] [--fresh] [--datasets <folder>]

  --speed     how fast to replay, 40 when not given
  --loop      begin again at the end, until interrupted
  --fresh     send rows again that an earlier run has sent: they get ids of their own
  --datasets  folder with stocks.csv and earthquakes.json

  TIDEGATE_URL   the gateway, http://127.0.0.1:8080 when not given (or the port in TIDEGATE_PORT)
  TIDEGATE_KEY   the key to publish with; the demo key in TIDEGATE_DATA/secrets when not given
`;
const TICK_MS = 200;
const MAX_ARRAY = 100;
/** Bounds what is in flight when the gateway was away for a while. */
const MAX_TAKEN = 500;

const options = readOptions();
const url = process.env.TIDEGATE_URL ?? `http://127.0.0.1:${process.env.TIDEGATE_PORT ?? 8080}`;

process.on('SIGINT', () => {
  console.log('\n  Stopped.');
  process.exit(0);
});
try {
  await main();
} catch (fault) {
  if (!(fault instanceof Refused)) {
    throw fault;
  }
  stop(fault.message);
}

async function main() {
  const rows = await readRows(options.folder);
  const totals = {};
  for (const { kind } of rows) {
    totals[kind] = (totals[kind] ?? 0) + 1;
  }
  const channels = [...new Set(rows.map((row) => row.channel))];
  const progress = new Progress(totals);
  const gateway = new Gateway(new URL(url), key(), (reason, ms) => progress.wait(reason, ms));
  const speed = options.speed === Infinity ? 'as fast as it goes' : `${options.speed} a second`;
  const what = `${number(rows.length)} rows into ${channels.length} channels`;
  console.log(`\n  ${what} of ${url}, ${speed}`);
  console.log(`  Watch them arrive: ${new URL('demo', url)}\n`);

  progress.begin();
  const heads = new Map();
  await Promise.all(channels.map(async (at) => heads.set(at, await gateway.head(at))));
  for (let pass = 1; pass === 1 || options.loop; pass++) {
    progress.begin();
    await replay(rows, (id) => idOf(id, pass), gateway, heads, progress);
    const { rows: sent, known } = progress.end();
    if (known === sent && !options.loop) {
      console.log('  All of them were there already, so nothing moved: --fresh plays them again.');
    }
  }
}

/** Sends what is due on each tick: all channels at once, one array behind the other in each. */
async function replay(rows, id, gateway, heads, progress) {
  const begun = performance.now();
  let next = 0;
  while (next < rows.length) {
    const due = Math.floor(((performance.now() - begun) / 1000) * options.speed) + 1;
    const taken = rows.slice(next, Math.min(due, next + MAX_TAKEN));
    next += taken.length;
    await Promise.all(
      [...byChannel(taken)].map(async ([channel, part]) => {
        for (let from = 0; from < part.length; from += MAX_ARRAY) {
          const array = part.slice(from, from + MAX_ARRAY);
          const messages = array.map(({ message }) => ({ ...message, id: id(message.id) }));
          const answer = await gateway.publish(channel, messages);
          // A message of an earlier run answers with the place that it has had since then.
          const known = answer.filter(({ seq }) => seq <= heads.get(channel)).length;
          progress.add(array[0].kind, array.length, known);
        }
      }),
    );
    if (options.speed !== Infinity) {
      await sleep(TICK_MS);
    }
  }
}

function byChannel(rows) {
  const channels = new Map();
  for (const row of rows) {
    channels.set(row.channel, [...(channels.get(row.channel) ?? []), row]);
  }
  return channels;
}

/** The same row has the same id in every run, unless it is asked to be another message. */
function idOf(id, pass) {
  const run = options.fresh ? `~${options.fresh}` : '';
  return pass === 1 ? `${id}${run}` : `${id}${run}~${pass}`;
}

function key() {
  if (process.env.TIDEGATE_KEY) {
    return process.env.TIDEGATE_KEY;
  }
  // The gateway's own default is `data` in the folder it is started in: the repository's root.
  const root = new URL('../../', import.meta.url);
  const data = pathToFileURL(resolve(fileURLToPath(root), process.env.TIDEGATE_DATA ?? 'data'));
  const file = new URL(`${data.href}/secrets/demo-key`);
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (fault) {
    return stop(
      `no demo key in ${fileURLToPath(file)} (${fault.code}): ` +
        'start the gateway first (make run), or set TIDEGATE_KEY',
    );
  }
}

function readOptions() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        speed: { type: 'string', default: '40' },
        loop: { type: 'boolean', default: false },
        fresh: { type: 'boolean', default: false },
        datasets: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }));
  } catch (fault) {
    return stop(`${fault.message}\n${USAGE}`);
  }
  const speed = values.speed === 'max' ? Infinity : Number(values.speed);
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  if (!(speed > 0)) {
    return stop(`--speed ${values.speed} is no number of rows per second\n${USAGE}`);
  }
  const folder = values.datasets
    ? pathToFileURL(`${resolve(values.datasets)}/`)
    : new URL('node_modules/vega-datasets/data/', import.meta.url);
  const fresh = values.fresh ? Date.now().toString(36) : '';
  return { speed, loop: values.loop, fresh, folder };
}

function stop(reason) {
  console.error(`demo-feed: ${reason}`);
  process.exit(1);
}

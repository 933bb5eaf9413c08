// The gateway an example talks to: the one at TIDEGATE_URL, or one started here with the demo app.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const DATA = resolve(ROOT, process.env.TIDEGATE_DATA ?? 'data');
const START_WITHIN_MS = 120_000;

export const url =
  process.env.TIDEGATE_URL ?? `http://127.0.0.1:${process.env.TIDEGATE_PORT ?? 8080}`;

/** Returns the key of the demo app (or TIDEGATE_KEY), once a gateway answers. */
export async function gatewayKey() {
  if (!(await answers())) {
    await start();
  }
  return process.env.TIDEGATE_KEY ?? secret('demo-key');
}

/**
 * Sees to it that the key's app has a namespace with these rules (the contract's NamespaceRules).
 * Needs TIDEGATE_OPERATOR_TOKEN, or the data folder of the gateway.
 */
export async function ensureNamespace(key, name, rules) {
  const app = key.split('.')[0];
  const token = process.env.TIDEGATE_OPERATOR_TOKEN ?? secret('operator-token');
  const response = await fetch(`${url}/v1/apps/${app}/namespaces/${name}`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(rules),
  });
  if (!response.ok) {
    stop(`the namespace ${name} could not be made: ${response.status} ${await response.text()}`);
  }
}

async function answers() {
  try {
    return (await fetch(`${url}/openapi.yaml`, { signal: AbortSignal.timeout(3_000) })).ok;
  } catch {
    return false;
  }
}

/** A gateway of our own, with the demo app; it ends with us. */
async function start() {
  const jar = resolve(ROOT, process.env.TIDEGATE_JAR ?? 'api/target/tidegate.jar');
  if (process.env.TIDEGATE_URL || !existsSync(jar)) {
    stop(`no gateway answers at ${url}: start one (make run), or build it first (make build)`);
  }
  console.log(`  Nothing answers at ${url}: starting a gateway there`);
  const jdk = spawnSync('sh', [resolve(ROOT, 'scripts/find-jdk.sh')], { encoding: 'utf8' });
  const gateway = spawn(
    resolve(jdk.stdout.trim(), 'bin/java'),
    ['--enable-native-access=ALL-UNNAMED', '-jar', jar],
    { cwd: ROOT, env: { ...process.env, TIDEGATE_DATA: DATA }, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const end = () => {
    if (gateway.exitCode !== null || gateway.signalCode !== null) {
      process.exit(1);
    }
    gateway.once('exit', () => process.exit(0));
    gateway.kill('SIGTERM');
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.on('exit', () => gateway.kill('SIGTERM'));
  for (const until = Date.now() + START_WITHIN_MS; !(await answers()); await sleep(200)) {
    if (gateway.exitCode !== null || gateway.signalCode !== null || Date.now() > until) {
      gateway.kill('SIGTERM');
      stop('the gateway did not start');
    }
  }
}

function secret(name) {
  try {
    return readFileSync(resolve(DATA, 'secrets', name), 'utf8').trim();
  } catch (fault) {
    return stop(`no ${name} in ${DATA}/secrets (${fault.code}): set TIDEGATE_KEY and TIDEGATE_OPERATOR_TOKEN`);
  }
}

function stop(reason) {
  console.error(`example: ${reason}`);
  process.exit(1);
}

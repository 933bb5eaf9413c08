import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const OPERATOR_TOKEN = 'tgo_browser-Vb3kQz81mXw5Tn7RcY2pLs9GhJ4dFaUe6';
/** A first start makes its database, and the machine may be busy. */
const READY_WITHIN_MS = 180_000;

export const JAR = resolve(process.env.TIDEGATE_JAR ?? join(ROOT, 'api/target/tidegate.jar'));

export interface Gateway {
  readonly url: string;
  readonly operatorToken: string;
  stop(): Promise<void>;
}

/** The real gateway as a process, with data and ports of its own. */
export async function startGateway(): Promise<Gateway> {
  if (!existsSync(JAR)) {
    throw new Error(`${JAR} is not there: \`make build\` makes it, or set TIDEGATE_JAR`);
  }
  const data = mkdtempSync(join(tmpdir(), 'tidegate-sdk-js-'));
  const [port, managementPort] = [await freePort(), await freePort()];
  const jdk = spawnSync('sh', [join(ROOT, 'scripts/find-jdk.sh')], { encoding: 'utf8' }).stdout.trim();
  const gateway = spawn(join(jdk, 'bin/java'), ['-Xmx256m', '--enable-native-access=ALL-UNNAMED', '-jar', JAR], {
    cwd: data,
    env: {
      ...process.env,
      TIDEGATE_PORT: `${port}`,
      TIDEGATE_MANAGEMENT_PORT: `${managementPort}`,
      TIDEGATE_DATA: join(data, 'data'),
      TIDEGATE_OPERATOR_TOKEN: OPERATOR_TOKEN,
      TIDEGATE_DEMO: 'false',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(join(data, 'gateway.log'));
  gateway.stdout.pipe(log);
  gateway.stderr.pipe(log);
  const ready = `http://127.0.0.1:${managementPort}/health/ready`;
  for (const until = Date.now() + READY_WITHIN_MS; !(await isOk(ready)); await sleep(50)) {
    if (gateway.exitCode !== null || Date.now() > until) {
      gateway.kill('SIGKILL');
      throw new Error(`the gateway did not start: see ${data}/gateway.log`);
    }
  }
  const stop = async () => {
    await ended(gateway);
    rmSync(data, { recursive: true, force: true });
  };
  return { url: `http://127.0.0.1:${port}`, operatorToken: OPERATOR_TOKEN, stop };
}

/** Ends a process that was started here, and waits for it. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  }
}

async function isOk(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}

/** Below the ports that connections going out are given: none of them takes it before its server does. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const attempt = (): void => {
      const port = 20_000 + Math.floor(Math.random() * 12_768);
      const server = createServer();
      server.once('error', attempt);
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(port)));
    };
    attempt();
  });
}

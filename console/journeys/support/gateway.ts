import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ended, freePort } from '../../../sdk-js/test/support/process.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const JAR = resolve(process.env.TIDEGATE_JAR ?? join(ROOT, 'api/target/tidegate.jar'));
/** A first start makes its database, and the machine may be busy. */
const READY_WITHIN_MS = 180_000;
const GONE_WITHIN_MS = 40_000;
const LINK = /https?:\/\/\S+\/console\/\S*#\S*link=\S+/;

/** The real gateway as `make run` starts it, with data and ports of its own. */
export class Gateway {
  readonly operatorToken = 'tgo_console-Qk71vXz5mRw8Tn3LcY6pBs2GhJ9dFaUe';
  readonly #folder = mkdtempSync(join(tmpdir(), 'tidegate-console-'));
  #child!: ChildProcess;

  private constructor(
    private readonly port: number,
    private readonly managementPort: number,
  ) {}

  static async start(): Promise<Gateway> {
    if (!existsSync(JAR)) throw new Error(`${JAR} is not there: \`make build\` makes it, or set TIDEGATE_JAR`);
    const gateway = new Gateway(await freePort(), await freePort());
    await gateway.#run();
    return gateway;
  }

  /** By name: a person's browser keeps the session's `Secure` cookie for it without TLS. */
  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** The one-time link that it has printed for the person who started it. */
  signInLink(): string {
    const printed = this.#log();
    const link = LINK.exec(printed)?.[0];
    if (!link) throw new Error(`the gateway has printed no sign-in link:\n${printed}`);
    return link.replace('//127.0.0.1:', '//localhost:');
  }

  async stop(): Promise<void> {
    const late = setTimeout(() => this.#child.kill('SIGKILL'), GONE_WITHIN_MS);
    await ended(this.#child);
    clearTimeout(late);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #log(): string {
    return readFileSync(join(this.#folder, 'gateway.log'), 'utf8');
  }

  async #run(): Promise<void> {
    const log = openSync(join(this.#folder, 'gateway.log'), 'a');
    const jdk = spawnSync('sh', [join(ROOT, 'scripts/find-jdk.sh')], { encoding: 'utf8' }).stdout.trim();
    const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TIDEGATE_')));
    this.#child = spawn(join(jdk, 'bin/java'), ['-Xmx384m', '--enable-native-access=ALL-UNNAMED', '-jar', JAR], {
      cwd: this.#folder,
      stdio: ['ignore', log, log],
      env: {
        ...inherited,
        TIDEGATE_HOST: '127.0.0.1',
        TIDEGATE_PORT: `${this.port}`,
        TIDEGATE_MANAGEMENT_HOST: '127.0.0.1',
        TIDEGATE_MANAGEMENT_PORT: `${this.managementPort}`,
        TIDEGATE_DATA: join(this.#folder, 'data'),
        TIDEGATE_OPERATOR_TOKEN: this.operatorToken,
        // The journeys' own webhook targets.
        TIDEGATE_WEBHOOK_ALLOW: '127.0.0.1',
        // All of them come from one address.
        TIDEGATE_FAILED_AUTH_PER_MINUTE: '0',
      },
    });
    for (const until = Date.now() + READY_WITHIN_MS; !(await this.#isReady()); await sleep(50)) {
      if (this.#child.exitCode !== null || Date.now() > until) {
        await ended(this.#child, 'SIGKILL');
        throw new Error(`the gateway did not start:\n${this.#log()}`);
      }
    }
  }

  async #isReady(): Promise<boolean> {
    try {
      const { ok } = await fetch(`http://127.0.0.1:${this.managementPort}/health/ready`, { signal: AbortSignal.timeout(5_000) });
      // The link is printed once it is ready, and some moments later.
      return ok && LINK.test(this.#log());
    } catch {
      return false;
    }
  }
}

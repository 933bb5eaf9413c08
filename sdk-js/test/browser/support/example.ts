import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { gatewayUrl, type App } from '../../support/app.js';
import { ended } from '../../support/process.js';
import { inject } from 'vitest';

export const EXAMPLES = new URL('../../../../examples/', import.meta.url);

export interface Example {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts an example's own server against the test's gateway and app; returns when it listens. */
export function startExample(name: string, app: App, environment: Record<string, string> = {}): Promise<Example> {
  return launch(name, {
    TIDEGATE_URL: gatewayUrl(),
    TIDEGATE_KEY: app.key,
    TIDEGATE_OPERATOR_TOKEN: inject('gateway').operatorToken,
    ...environment,
  });
}

export function launch(name: string, environment: Record<string, string>): Promise<Example> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('run.mjs', EXAMPLES)), name], {
    env: { ...process.env, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let output = '';
    const read = (bytes: Buffer) => {
      output += bytes.toString();
      const url = /http:\/\/127\.0\.0\.1:\d+\/(?= \()/.exec(output)?.[0];
      if (url) {
        resolve({ url, stop: () => ended(child) });
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`examples/run.mjs ${name} ended with ${code}: ${output}`)));
  });
}

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { ended } from '../../../sdk-js/test/support/process.ts';
import { gatewayUrl } from './rest.ts';
import type { App } from './world.ts';

/** So many messages a second to so many subscribers, from a process of its own, until the test is over. */
export class Crowd {
  /** Deliveries of each second so far. */
  readonly seconds: number[] = [];

  static start(app: App, channel: string, subscribers: number, perSecond: number): Promise<Crowd> {
    const program = fileURLToPath(new URL('crowd.mjs', import.meta.url));
    const child = spawn(process.execPath, [program, gatewayUrl(), app.key, channel, `${subscribers}`, `${perSecond}`], { stdio: ['ignore', 'pipe', 'pipe'] });
    onTestFinished(() => ended(child));
    const crowd = new Crowd();
    let said = '';
    child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
    return new Promise((resolve, reject) => {
      createInterface(child.stdout).on('line', (line) => {
        if (line === 'ready') return resolve(crowd);
        const { delivered, refused } = JSON.parse(line) as { delivered: number; refused?: string };
        if (refused) said += refused;
        crowd.seconds.push(delivered);
      });
      child.once('exit', (code) => reject(new Error(`the crowd has gone (${code}): ${said}`)));
    });
  }
}

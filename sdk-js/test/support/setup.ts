import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { Gateway } from './gateway.js';

declare module 'vitest' {
  export interface ProvidedContext {
    gateway: { readonly url: string; readonly operatorToken: string; readonly restartUrl: string };
  }
}

/** Starts the one gateway of the run; tests, which run elsewhere, ask for its restart over HTTP. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const gateway = await Gateway.start();
  const control = createServer((_, response) => {
    gateway.killAndRestart().then(
      () => response.end('restarted'),
      (thrown: unknown) => response.writeHead(500).end(String(thrown)),
    );
  });
  await new Promise<void>((done) => control.listen(0, '127.0.0.1', done));
  const { port } = control.address() as AddressInfo;
  project.provide('gateway', { url: gateway.url, operatorToken: gateway.operatorToken, restartUrl: `http://127.0.0.1:${port}` });
  return async () => {
    control.close();
    await gateway.stop();
  };
}

import { createRequire } from 'node:module';
import { onTestFinished } from 'vitest';
import { Tidegate, type TidegateOptions } from '../../../sdk-js/src/index.ts';
import { gatewayUrl } from './rest.ts';
import { basic, type App } from './world.ts';

/** Node 20 has none of its own. */
const { WebSocket } = createRequire(new URL('../../../sdk-js/package.json', import.meta.url))('ws') as { WebSocket: NonNullable<TidegateOptions['WebSocket']> };

/** An app's user, until the test is over. */
export function client(app: App, clientId: string, capabilities: Record<string, readonly string[]> = { '*': ['publish', 'subscribe', 'history', 'presence'] }): Tidegate {
  const tidegate = new Tidegate({
    url: gatewayUrl(),
    WebSocket,
    token: async () => {
      const answer = await fetch(`${gatewayUrl()}/v1/tokens`, {
        method: 'POST',
        headers: { Authorization: basic(app.key), 'Content-Type': 'application/json' },
        body: JSON.stringify({ clientId, capabilities, ttlSeconds: 3600 }),
      });
      return ((await answer.json()) as { token: string }).token;
    },
  });
  onTestFinished(() => tidegate.close());
  return tidegate;
}

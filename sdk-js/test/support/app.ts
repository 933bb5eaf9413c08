import { inject } from 'vitest';
import { WebSocket } from 'ws';
import { Tidegate, type TidegateOptions } from '../../src/index.js';

/** An app of a test's own, made through the control plane. */
export interface App {
  readonly key: string;
  /** A client of a user, with tokens that live so long; it is the test's to close. */
  client(options?: Partial<TidegateOptions> & { readonly user?: string; readonly ttlSeconds?: number; readonly onToken?: () => void }): Tidegate;
  readonly backend: Tidegate;
}

export async function newApp(rules: Readonly<Record<string, unknown>> = { durability: 'durable' }): Promise<App> {
  const { id: tenant } = await control<{ id: string }>('POST', '/v1/tenants', { name: 'sdk-js' });
  const { id: app } = await control<{ id: string }>('POST', `/v1/tenants/${tenant}/apps`, { name: 'test' });
  await control('PUT', `/v1/apps/${app}/namespaces/all`, { pattern: '*', ...rules });
  const { key } = await control<{ key: string }>('POST', `/v1/apps/${app}/keys`, { name: 'test', capabilities: { '*': ['publish', 'subscribe', 'history', 'presence', 'admin'] } });
  const { url } = inject('gateway');
  const backend = new Tidegate({ url, key });
  return {
    key,
    backend,
    client: ({ user = 'ada', ttlSeconds = 3600, onToken, ...options } = {}) =>
      new Tidegate({
        url,
        WebSocket: WebSocket as unknown as NonNullable<TidegateOptions['WebSocket']>,
        token: async () => {
          onToken?.();
          return (await backend.tokens.create({ clientId: user, capabilities: { '*': ['publish', 'subscribe', 'history', 'presence'] }, ttlSeconds })).token;
        },
        ...options,
      }),
  };
}

async function control<R>(method: string, path: string, body: unknown): Promise<R> {
  const { url, operatorToken } = inject('gateway');
  const response = await fetch(url + path, { method, body: JSON.stringify(body), headers: { Authorization: `Bearer ${operatorToken}`, 'Content-Type': 'application/json' } });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as R;
}

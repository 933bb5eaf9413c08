import { inject } from 'vitest';

/** An app of a test's own. */
export interface App {
  readonly id: string;
  readonly key: string;
  /** The namespace's rules as in the contract. */
  namespace(name: string, rules: object): Promise<void>;
  token(clientId: string | undefined, capabilities: Record<string, string[]>, ttlSeconds?: number): Promise<string>;
  /** What the gateway answers to the app's key. */
  data<T>(method: string, path: string, body?: object): Promise<T>;
}

export const gatewayUrl = (): string => inject('gatewayUrl');

export async function createApp(name: string): Promise<App> {
  const operator = `Bearer ${inject('operatorToken')}`;
  const tenant = await ask<{ id: string }>(operator, 'POST', 'tenants', { name });
  const { id } = await ask<{ id: string }>(operator, 'POST', `tenants/${tenant.id}/apps`, { name, settings: { allowedOrigins: ['*'] } });
  const all = { '*': ['publish', 'subscribe', 'presence', 'history', 'admin'] };
  const { key } = await ask<{ key: string }>(operator, 'POST', `apps/${id}/keys`, { name, capabilities: all });
  const basic = `Basic ${Buffer.from(key).toString('base64')}`;
  return {
    id,
    key,
    data: (method, path, body) => ask(basic, method, path, body),
    namespace: async (namespace, rules) => void (await ask(operator, 'PUT', `apps/${id}/namespaces/${namespace}`, rules)),
    token: async (clientId, capabilities, ttlSeconds) =>
      (await ask<{ token: string }>(basic, 'POST', 'tokens', { clientId, capabilities, ttlSeconds })).token,
  };
}

async function ask<T>(authorization: string, method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${gatewayUrl()}/v1/${path}`, {
    method,
    headers: { Authorization: authorization, 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${method} ${path}: ${response.status} ${text}`);
  }
  return (text ? JSON.parse(text) : undefined) as T;
}

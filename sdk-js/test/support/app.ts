import { inject } from 'vitest';
import { WebSocket } from 'ws';
import { Tidegate, type Operation, type TidegateOptions } from '../../src/index.js';

type Capabilities = Readonly<Record<string, readonly Operation[]>>;

export interface ClientOptions extends Partial<TidegateOptions> {
  readonly user?: string;
  readonly ttlSeconds?: number;
  readonly capabilities?: Capabilities;
  /** Each time that a token is asked for. */
  readonly onToken?: () => void;
}

/** What a client may do in most tests. */
export const EVERYTHING: Capabilities = { '*': ['publish', 'subscribe', 'history', 'presence'] };

/** An app of a test's own, made through the control plane. */
export class App {
  readonly backend: Tidegate;

  private constructor(
    readonly id: string,
    readonly key: string,
    private readonly operator: string,
  ) {
    this.backend = new Tidegate({ url: gatewayUrl(), key });
  }

  /** With no namespaces but what the gateway has by itself. */
  static async create(name: string): Promise<App> {
    const operator = `Bearer ${inject('gateway').operatorToken}`;
    const tenant = await ask<{ id: string }>(operator, 'POST', 'tenants', { name });
    const { id } = await ask<{ id: string }>(operator, 'POST', `tenants/${tenant.id}/apps`, { name, settings: { allowedOrigins: ['*'] } });
    const capabilities = { '*': [...EVERYTHING['*']!, 'admin'] };
    const { key } = await ask<{ key: string }>(operator, 'POST', `apps/${id}/keys`, { name, capabilities });
    return new App(id, key, operator);
  }

  /** Rules as in the contract. */
  async namespace(name: string, rules: object): Promise<void> {
    await ask(this.operator, 'PUT', `apps/${this.id}/namespaces/${name}`, rules);
  }

  /** What the gateway answers to the app's key. */
  data<T>(method: string, path: string, body?: object): Promise<T> {
    return ask(`Basic ${Buffer.from(this.key).toString('base64')}`, method, path, body);
  }

  async token(clientId: string | undefined, capabilities: Capabilities, ttlSeconds = 3600): Promise<string> {
    const { token } = await this.backend.tokens.create({ ...(clientId !== undefined && { clientId }), capabilities, ttlSeconds });
    return token;
  }

  /** A client of a user, with tokens that live so long; it is the test's to close. */
  client({ user = 'ada', ttlSeconds, capabilities = EVERYTHING, onToken, ...options }: ClientOptions = {}): Tidegate {
    return new Tidegate({
      url: gatewayUrl(),
      WebSocket: WebSocket as unknown as NonNullable<TidegateOptions['WebSocket']>,
      token: () => {
        onToken?.();
        return this.token(user, capabilities, ttlSeconds);
      },
      ...options,
    });
  }
}

/** An app whose channels all have these rules. */
export async function newApp(rules: object = { durability: 'durable' }): Promise<App> {
  const app = await App.create('sdk-js');
  await app.namespace('all', { pattern: '*', ...rules });
  return app;
}

export const gatewayUrl = (): string => inject('gateway').url;

async function ask<T>(authorization: string, method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${gatewayUrl()}/v1/${path}`, {
    method,
    headers: { Authorization: authorization, 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return (text ? JSON.parse(text) : undefined) as T;
}

import createClient, { type Client, type Middleware } from 'openapi-fetch';
import type { components, paths } from './schema';
import { Code, RefusalError, refusalOf, unreachable } from './refusal';
import { appTokens } from './app-token';

/** The contract's shapes: `Schema<'App'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

/** Says that a person's own page asks: without it the gateway refuses a cookie (40311). */
export const CONSOLE_HEADER = { 'X-Tidegate-Console': '1' } as const;

/** Heard when a request says that the session is over, so that the app asks for a new sign-in. */
const signedOut = new EventTarget();
export function onSignedOut(listen: () => void): () => void {
  signedOut.addEventListener('signed-out', listen);
  return () => signedOut.removeEventListener('signed-out', listen);
}

const refusals: Middleware = {
  async onResponse({ response }) {
    if (!response.ok) throw await refusalOf(response);
  },
  onError({ error }) {
    throw error instanceof RefusalError ? error : unreachable(error);
  },
};

const session: Middleware = {
  onRequest({ request }) {
    for (const [name, value] of Object.entries(CONSOLE_HEADER)) request.headers.set(name, value);
  },
  async onResponse({ response, schemaPath, request }) {
    const asksWhetherThereIsOne = schemaPath === '/v1/session' && request.method === 'GET';
    if (response.status !== 401 || asksWhetherThereIsOne) return;
    // A wrong password or code is a 401 too, and ends nothing.
    if ((await refusalOf(response)).code === Code.credentialMissing) signedOut.dispatchEvent(new Event('signed-out'));
  },
};

/**
 * The control plane, as the person who signed in. Every answer that is no success is thrown as a `RefusalError`;
 * `take(api.GET('/v1/tenants'))` is what it answered.
 */
export const api = createClient<paths>({ baseUrl: '', credentials: 'same-origin' });
// The last one added sees the answer first.
api.use(refusals, session);

/** The data plane of one app (channels, messages, connections, tokens), with a token that lives five minutes and is renewed by itself. */
export function appApi(appId: string): Client<paths> {
  const client = clients.get(appId) ?? newAppClient(appId);
  clients.set(appId, client);
  return client;
}

const clients = new Map<string, Client<paths>>();

function newAppClient(appId: string): Client<paths> {
  const client = createClient<paths>({ baseUrl: '', credentials: 'omit' });
  client.use(refusals, {
    async onRequest({ request }) {
      request.headers.set('Authorization', `Bearer ${await appTokens.tokenFor(appId)}`);
    },
    onResponse({ response }) {
      // The next request asks for a new one.
      if (response.status === 401) appTokens.forget(appId);
    },
  });
  return client;
}

/** What a call answered; throws its `RefusalError`. */
export async function take<T>(answer: Promise<{ data?: T }>): Promise<NonNullable<T>> {
  return (await answer).data as NonNullable<T>;
}

/** A call whose answer has no body. */
export async function done(answer: Promise<unknown>): Promise<void> {
  await answer;
}

import { ask, gatewayUrl, operate, send } from './rest.ts';

export type Role = 'viewer' | 'developer' | 'admin' | 'owner';

export interface Tenant {
  readonly id: string;
  readonly name: string;
}

/** An app with a key that may do everything. */
export interface App {
  readonly id: string;
  readonly name: string;
  readonly tenant: Tenant;
  readonly key: string;
}

/** Somebody with an account, and what she signs in with. */
export interface Person {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

const PASSWORD = 'seven herons over the marsh';
let people = 0;

export async function newTenant(name: string): Promise<Tenant> {
  const { id } = await operate<{ id: string }>('POST', '/v1/tenants', { name });
  return { id, name };
}

export async function newApp(name: string, tenant?: Tenant): Promise<App> {
  const owner = tenant ?? (await newTenant(`${name} & Co`));
  const { id } = await operate<{ id: string }>('POST', `/v1/tenants/${owner.id}/apps`, { name, settings: { allowedOrigins: ['*'] } });
  const key = await newKey(id, 'backend', { '*': ['publish', 'subscribe', 'history', 'presence', 'admin'] });
  return { id, name, tenant: owner, key: key.key };
}

export function newKey(appId: string, name: string, capabilities: Record<string, readonly string[]>): Promise<{ id: string; key: string; keyName: string }> {
  return operate('POST', `/v1/apps/${appId}/keys`, { name, capabilities });
}

/** As the app's backend. */
export function backend<T>(app: App, method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
  return ask<T>(method, path, { Authorization: basic(app.key) }, body);
}

export const basic = (key: string): string => `Basic ${Buffer.from(key).toString('base64')}`;

/** The link that an owner copies and sends. */
export async function invite(tenant: Tenant, role: Role): Promise<{ email: string; url: string }> {
  const email = `person-${++people}-${Date.now()}@tidegate.example`;
  const { invitationUrl } = await operate<{ invitationUrl: string }>('POST', `/v1/tenants/${tenant.id}/members`, { email, role });
  return { email, url: here(invitationUrl) };
}

/** A member with an account. */
export async function newMember(tenant: Tenant, role: Role, name = `${role} of ${tenant.name}`): Promise<Person> {
  const { email, url } = await invite(tenant, role);
  return accept(url, email, name);
}

/** An operator with an account. */
export async function newOperator(name = 'Olga Operator'): Promise<Person> {
  const email = `operator-${++people}-${Date.now()}@tidegate.example`;
  const { invitationUrl } = await operate<{ invitationUrl: string }>('POST', '/v1/operators', { email });
  return accept(here(invitationUrl), email, name);
}

async function accept(url: string, email: string, name: string): Promise<Person> {
  const invitation = new URLSearchParams(new URL(url).hash.slice(1)).get('invitation');
  const answer = await send('POST', '/v1/invitations/accept', ASKED_BY_THE_CONSOLE(), { invitation, name, password: PASSWORD });
  if (answer.status !== 201) throw new Error(`the invitation of ${email} was not accepted: ${answer.status} ${JSON.stringify(answer.body)}`);
  return { email, name, password: PASSWORD };
}

/** What a browser says of a request that the console's own page makes. */
export const ASKED_BY_THE_CONSOLE = (): Record<string, string> => ({ 'X-Tidegate-Console': '1', 'Sec-Fetch-Site': 'same-origin', Origin: gatewayUrl() });

/** A link of the gateway's as the journeys reach it. */
function here(url: string): string {
  const { pathname, search, hash } = new URL(url);
  return `${gatewayUrl()}${pathname}${search}${hash}`;
}

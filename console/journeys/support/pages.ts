import { backend, newKey, newApp, type App, type Tenant } from './world.ts';
import { operate } from './rest.ts';

/** A page of the console, and what it is called in pictures. */
export interface Place {
  readonly name: string;
  readonly path: string;
}

export const OUTSIDE: readonly Place[] = [
  { name: 'sign-in', path: '/sign-in' },
  { name: 'invitation-incomplete', path: '/invitation' },
];

/** Every page that one who is signed in comes to; of an app and a tenant in which there is something to see. */
export function places(app: App, keyId: string): readonly Place[] {
  const tenant = `/tenants/${app.tenant.id}`;
  const own = `/apps/${app.id}`;
  return [
    { name: 'home', path: '/' },
    { name: 'tenants', path: '/tenants' },
    { name: 'nodes', path: '/nodes' },
    { name: 'operators', path: '/operators' },
    { name: 'audit-of-the-installation', path: '/audit' },
    { name: 'errors', path: '/errors' },
    { name: 'account', path: '/account' },
    { name: 'tenant', path: tenant },
    { name: 'tenant-apps', path: `${tenant}/apps` },
    { name: 'tenant-limits', path: `${tenant}/limits` },
    { name: 'tenant-members', path: `${tenant}/members` },
    { name: 'tenant-control-tokens', path: `${tenant}/control-tokens` },
    { name: 'tenant-audit', path: `${tenant}/audit` },
    { name: 'tenant-settings', path: `${tenant}/settings` },
    { name: 'app', path: own },
    { name: 'app-live', path: `${own}/live` },
    { name: 'app-channels', path: `${own}/channels` },
    { name: 'app-channel', path: `${own}/channels/view?name=${encodeURIComponent('"chat:room-7"')}` },
    { name: 'app-connections', path: `${own}/connections` },
    { name: 'app-keys', path: `${own}/keys` },
    { name: 'app-key', path: `${own}/keys/${keyId}` },
    { name: 'app-key-new', path: `${own}/keys/new` },
    { name: 'app-tokens', path: `${own}/tokens` },
    { name: 'app-explain', path: `${own}/explain` },
    { name: 'app-refusals', path: `${own}/refusals` },
    { name: 'app-namespaces', path: `${own}/namespaces` },
    { name: 'app-webhooks', path: `${own}/webhooks` },
    { name: 'app-hooks', path: `${own}/hooks` },
    { name: 'app-settings', path: `${own}/settings` },
    { name: 'nothing-there', path: '/no/such/page' },
  ];
}

/** An app with something on each of its pages. */
export async function furnished(name: string, tenant?: Tenant): Promise<{ app: App; keyId: string }> {
  const app = await newApp(name, tenant);
  const { id: keyId } = await newKey(app.id, 'orders backend', { 'orders:*': ['publish'], 'chat:*': ['publish', 'subscribe', 'history'] });
  await operate('PUT', `/v1/apps/${app.id}/namespaces/chat`, { pattern: 'chat:*', durability: 'durable', retentionDays: 7 });
  await operate('POST', `/v1/apps/${app.id}/webhooks`, { name: 'orders', url: 'http://127.0.0.1:40009/hook', events: ['channel.occupied', 'channel.vacated'] });
  for (let n = 1; n <= 5; n++) await backend(app, 'POST', `/v1/channels/${encodeURIComponent('chat:room-7')}/messages`, { name: 'note', data: { n, text: `Message ${n}` } });
  await backend(app, 'POST', '/v1/channels/%23nothing/messages', { data: 1 }).catch(() => undefined);
  return { app, keyId };
}

import { beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, visitors } from './support/browser.ts';
import { force, signIn } from './support/people.ts';
import { newApp, newMember, newOperator, newTenant, type App, type Role, type Tenant } from './support/world.ts';

/** From what role on something may be done. */
interface Deed {
  readonly from: Role | 'operator';
  readonly page: (app: App) => string;
  /** What offers it. */
  readonly shown: RegExp;
  readonly method: string;
  readonly path: (app: App) => string;
  readonly body: unknown;
}

const RANKS = ['viewer', 'developer', 'admin', 'owner', 'operator'] as const;

const DEEDS: readonly Deed[] = [
  {
    from: 'admin',
    page: ({ id }) => `/apps/${id}/keys`,
    shown: /New key/,
    method: 'POST',
    path: ({ id }) => `/v1/apps/${id}/keys`,
    body: { name: 'forced', capabilities: { '*': ['publish'] } },
  },
  {
    from: 'admin',
    page: ({ id }) => `/apps/${id}/namespaces`,
    shown: /New namespace/,
    method: 'PUT',
    path: ({ id }) => `/v1/apps/${id}/namespaces/forced`,
    body: { pattern: 'forced:*' },
  },
  {
    from: 'admin',
    page: ({ id }) => `/apps/${id}/webhooks`,
    shown: /New webhook/,
    method: 'POST',
    path: ({ id }) => `/v1/apps/${id}/webhooks`,
    body: { name: 'forced', url: 'https://hooks.tidegate.example/in', events: ['channel.occupied'] },
  },
  {
    from: 'owner',
    page: ({ tenant }) => `/tenants/${tenant.id}/members`,
    shown: /Invite/,
    method: 'POST',
    path: ({ tenant }) => `/v1/tenants/${tenant.id}/members`,
    body: { email: 'forced@tidegate.example', role: 'viewer' },
  },
  { from: 'operator', page: () => '/operators', shown: /Invite/, method: 'POST', path: () => '/v1/operators', body: { email: 'forced-operator@tidegate.example' } },
];

describe.runIf(hasBrowser())('roles', () => {
  const { visit } = visitors();
  let app: App;
  let others: Tenant;

  beforeAll(async () => {
    app = await newApp('Roles');
    others = await newTenant('Nobody sees this');
  });

  test.each(RANKS)('EachSeesAndDoesOnlyTheirs: %s', async (rank) => {
    const person = rank === 'operator' ? await newOperator() : await newMember(app.tenant, rank);
    const visitor = await visit();
    const { page, watch } = visitor;
    await signIn(visitor, person, `/apps/${app.id}`);
    // Refused to who may not; somebody else has done it before to who may.
    watch.expect((status, path) => (status === 403 || status === 409) && path.startsWith('/v1/'));
    for (const deed of DEEDS) {
      const may = RANKS.indexOf(rank) >= RANKS.indexOf(deed.from);
      const what = `${rank}: ${deed.method} ${deed.path(app)}`;
      await visitor.open(deed.page(app));
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      const offers = page.getByRole('main').getByRole('button', { name: deed.shown }).or(page.getByRole('main').getByRole('link', { name: deed.shown }));
      if (may) await offers.first().waitFor();
      else expect(await offers.count(), `offered to ${what}`).toBe(0);
      const status = await force(page, deed.method, deed.path(app), deed.body);
      if (may) expect([200, 201, 409], what).toContain(status);
      else expect(status, what).toBe(403);
    }
  });

  test('AMemberSeesNothingOfAnotherTenant', async () => {
    const member = await newMember(app.tenant, 'owner');
    const foreign = await newApp('Hidden from you', others);
    const visitor = await visit();
    const { page, watch } = visitor;
    await signIn(visitor, member, '/tenants');
    await page.getByRole('main').getByText(app.tenant.name).first().waitFor();
    expect(await page.content()).not.toContain(others.name);
    watch.expect((status, path) => status === 404 && path.startsWith('/v1/'));
    for (const path of [`/tenants/${others.id}`, `/tenants/${others.id}/members`, `/apps/${foreign.id}`, `/apps/${foreign.id}/live`, `/apps/${foreign.id}/keys`]) {
      await visitor.open(path);
      await page.getByText(/not found|nothing here|no such/i).first().waitFor();
      expect(await page.content(), path).not.toMatch(/Hidden from you|Nobody sees this/);
    }
    expect(await force(page, 'POST', '/v1/session/app-token', { appId: foreign.id })).toBe(404);
    expect(await force(page, 'DELETE', `/v1/apps/${foreign.id}`)).toBe(404);
  });
});

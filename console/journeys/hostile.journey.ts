import { describe, expect, test } from 'vitest';
import { hasBrowser, visitors } from './support/browser.ts';
import { signIn } from './support/people.ts';
import { operate } from './support/rest.ts';
import { client } from './support/sdk.ts';
import { backend, newApp, newKey, newMember, newTenant } from './support/world.ts';

const SCRIPT = '<img src=x onerror="window.owned=1"><script>window.owned=2</script>';
/** Overrides the direction of what follows: text that reads as something else. */
const BIDI = '\u202Egnp.exe\u2066';
const HOSTILE = `${SCRIPT}"'\`javascript:window.owned=3`;

describe.runIf(hasBrowser())('hostile data', () => {
  const { visit } = visitors();

  test('WhateverSomebodyNamedOrPublishedIsShownAsText', async () => {
    const tenant = await newTenant(`T ${SCRIPT}`);
    const app = await newApp(`A ${SCRIPT}`, tenant);
    const owner = await newMember(tenant, 'owner', `P ${SCRIPT}`);
    const { id: keyId } = await newKey(app.id, `K ${SCRIPT}`, { '*': ['publish'] });
    await operate('PATCH', `/v1/apps/${app.id}`, { name: `A ${HOSTILE}`.slice(0, 100) });
    await operate('POST', `/v1/tenants/${tenant.id}/control-tokens`, { name: `C ${SCRIPT}`, role: 'viewer' });
    const channel = `room:${SCRIPT}`;
    const place = encodeURIComponent(channel);
    await backend(app, 'POST', `/v1/channels/${place}/messages`, { name: SCRIPT, data: { [SCRIPT]: HOSTILE, bidi: BIDI, deep: [[[HOSTILE]]] }, headers: { note: HOSTILE } });
    await backend(app, 'POST', `/v1/channels/${place}/messages`, { data: HOSTILE, clientId: `c ${SCRIPT}` });
    const ada = client(app, `u ${SCRIPT}`);
    await ada.channel(channel).subscribe(() => undefined).ready;
    await ada.channel(channel).presence.enter({ mood: HOSTILE });

    const visitor = await visit();
    const { page, watch } = visitor;
    await signIn(visitor, owner, `/apps/${app.id}/live`);
    await page.getByText('Live', { exact: true }).last().waitFor();
    await page.getByRole('option').filter({ hasText: 'subscription.added' }).first().waitFor();
    await backend(app, 'POST', `/v1/channels/${place}/messages`, { name: SCRIPT, data: { [SCRIPT]: HOSTILE, bidi: BIDI }, headers: { note: HOSTILE } });
    await page.getByRole('option').filter({ hasText: 'message.published' }).first().click();
    await page.getByRole('region', { name: "The event's fields" }).waitFor();
    await clean();

    watch.expect((status) => status === 404);
    const own = `/apps/${app.id}`;
    const paths = [own, `${own}/channels`, `${own}/channels/view?name=${encodeURIComponent(JSON.stringify(channel))}`, `${own}/connections`, `${own}/keys`, `${own}/keys/${keyId}`];
    const rest = ['/tenants', `/tenants/${tenant.id}`, ...['apps', 'members', 'control-tokens', 'audit', 'settings'].map((page) => `/tenants/${tenant.id}/${page}`), `${own}/refusals`, `${own}/settings`, '/account'];
    for (const path of [...paths, ...rest, `/sign-in?next=${encodeURIComponent('javascript:window.owned=4')}`, `/apps/${encodeURIComponent(SCRIPT)}`]) {
      await visitor.open(path);
      await page.getByRole('heading').or(page.getByRole('alert')).first().waitFor();
      await page.waitForLoadState('networkidle');
      await clean();
    }

    async function clean(): Promise<void> {
      const where = page.url();
      expect(await page.evaluate('window.owned'), where).toBeUndefined();
      expect(await page.locator('img[src="x"], script:not([src]):not([nonce])').count(), where).toBe(0);
      expect(await page.locator('a[href^="javascript:"]').count(), where).toBe(0);
    }
  });

  test('NothingHidesInTheDirectionOfText', async () => {
    const app = await newApp('Directions');
    const developer = await newMember(app.tenant, 'developer');
    const visitor = await visit();
    const { page } = visitor;
    const channel = 'files';
    await backend(app, 'POST', `/v1/channels/${channel}/messages`, { data: `invoice ${BIDI}` });
    await signIn(visitor, developer, `/apps/${app.id}/channels/view?name=${encodeURIComponent('"files"')}`);
    const shown = page.getByText(/invoice/).first();
    await shown.waitFor();
    // What overrides a direction is either shown as an escape, or shut in its own element.
    const isolated = await shown.evaluate((one) => {
      const text = one.textContent ?? '';
      return !/[\u202A-\u202E\u2066-\u2069]/.test(text) || ['isolate', 'isolate-override', 'plaintext'].includes(getComputedStyle(one).unicodeBidi);
    });
    expect(isolated).toBe(true);
  });
});

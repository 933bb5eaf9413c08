import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { hasBrowser, PATIENCE_MS, visitors } from './support/browser.ts';
import { signIn } from './support/people.ts';
import { operate } from './support/rest.ts';
import { backend, newApp, newMember } from './support/world.ts';

const soon = { timeout: PATIENCE_MS, interval: 50 };

/** A backend that takes nothing, until it does. */
async function receiver(): Promise<{ readonly url: string; works: boolean; readonly taken: { id: string; type: string }[] }> {
  const state = { url: '', works: false, taken: [] as { id: string; type: string }[] };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (bytes: Buffer) => (body += bytes.toString()));
    request.on('end', () => {
      if (state.works) state.taken.push(...([JSON.parse(body)].flat() as { id: string; type: string }[]));
      response.writeHead(state.works ? 204 : 500).end(state.works ? undefined : 'the <b>shop</b> is closed');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/in`;
  return state;
}

describe.runIf(hasBrowser())('webhooks', () => {
  const { visit } = visitors();

  test('ACallThatFailsIsSeenAndSentAgain', async () => {
    const app = await newApp('Orders');
    const admin = await newMember(app.tenant, 'admin');
    const shop = await receiver();
    const visitor = await visit();
    const { page } = visitor;
    await signIn(visitor, admin, `/apps/${app.id}/webhooks`);
    await page.getByRole('link', { name: 'New webhook' }).first().click();
    await page.getByLabel('Name', { exact: true }).fill('shop');
    await page.getByLabel('URL', { exact: true }).fill(shop.url);
    await page.getByRole('checkbox', { name: 'message.published' }).check();
    await page.getByRole('button', { name: 'Make the webhook' }).click();
    await page.getByText('Copy this secret now').waitFor();
    await page.getByRole('link', { name: 'I have copied it' }).click();
    await page.getByRole('heading', { level: 1, name: 'shop' }).waitFor();

    // Nodes know of it within 5 s: until then what is published is told to nobody.
    const rows = page.getByRole('region', { name: 'Deliveries of shop' }).getByRole('row').filter({ hasText: 'message.published' });
    await vi.waitFor(async () => {
      await backend(app, 'POST', '/v1/channels/orders%3A7/messages', { name: 'paid', data: { total: 12 } });
      await page.getByRole('button', { name: 'Refresh' }).click();
      expect(await rows.count()).toBeGreaterThan(0);
    }, { timeout: PATIENCE_MS, interval: 1_000 });
    await rows.last().click();
    const drawer = page.getByRole('dialog', { name: 'Delivery' });
    await drawer.getByText('500', { exact: true }).first().waitFor();
    await drawer.getByText('the <b>shop</b> is closed').first().waitFor();
    expect(await drawer.getByText('pending').first().isVisible()).toBe(true);

    shop.works = true;
    await vi.waitFor(() => expect(shop.taken.length).toBeGreaterThan(0), soon);
    await drawer.getByText('delivered', { exact: true }).first().waitFor();
    const before = shop.taken.length;
    await drawer.getByRole('button', { name: 'Send it again' }).click();
    await page.getByText('It is queued again, with the same event id.').waitFor();
    await vi.waitFor(() => expect(shop.taken.length).toBeGreaterThan(before), soon);
    expect(new Set(shop.taken.map(({ id }) => id)).size).toBeLessThan(shop.taken.length);
    await operate('GET', `/v1/apps/${app.id}`);
  });
});

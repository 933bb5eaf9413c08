import { describe, expect, test, vi } from 'vitest';
import { hasBrowser, PATIENCE_MS, visitors } from './support/browser.ts';
import { signIn } from './support/people.ts';
import { client } from './support/sdk.ts';
import { newApp, newMember } from './support/world.ts';

const soon = { timeout: PATIENCE_MS, interval: 50 };

describe.runIf(hasBrowser())('keys', () => {
  const { visit } = visitors();

  test('AKeyIsMadeShownOnceUsedAndRevokedAndItsConnectionsDrop', async () => {
    const app = await newApp('Lighthouse');
    const admin = await newMember(app.tenant, 'admin');
    const visitor = await visit();
    const { page } = visitor;
    await signIn(visitor, admin, `/apps/${app.id}/keys`);
    await page.getByRole('link', { name: 'New key' }).click();
    await page.getByLabel('Name', { exact: true }).fill('beacon');
    await page.getByRole('button', { name: 'Make the key' }).click();
    await page.getByText('Copy this key now').waitFor();
    const key = (await page.locator('pre').first().innerText()).trim();
    expect(key).toMatch(/^\d+\.\w+:\S{20,}$/);

    const user = client({ ...app, key }, 'ada');
    const states: string[] = [];
    user.connection.on(({ current }) => states.push(current));
    await user.channel('chat:room-7').subscribe(() => undefined).ready;
    const watcher = await visit();
    await signIn(watcher, admin, `/apps/${app.id}/connections`);
    await watcher.page.getByText('ada', { exact: true }).first().waitFor();

    await page.getByRole('link', { name: 'I have copied it' }).click();
    await page.getByRole('button', { name: 'Revoke' }).waitFor();
    expect((await page.content()).includes(key.split(':')[1]!), 'it is shown once').toBe(false);
    await page.getByRole('button', { name: 'Revoke' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Revoke the key' }).isDisabled()).toBe(true);
    await dialog.getByLabel(/Type beacon to confirm/).fill('beacon');
    await dialog.getByRole('button', { name: 'Revoke the key' }).click();
    await page.getByText('beacon is revoked.').waitFor();
    await vi.waitFor(() => expect(states).toContain('failed'), soon);
    await vi.waitFor(async () => expect(await watcher.page.getByText('ada', { exact: true }).count()).toBe(0), soon);
  });
});

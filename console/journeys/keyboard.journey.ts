import type { Page } from 'playwright-core';
import { describe, expect, test, vi } from 'vitest';
import { hasBrowser, PATIENCE_MS, visitors } from './support/browser.ts';
import { arrived } from './support/people.ts';
import { newApp, newMember } from './support/world.ts';

/** What has the focus: its role or element and its name; whether it is seen that it has. */
function focus(page: Page): Promise<{ name: string; seen: boolean }> {
  return page.evaluate(() => {
    const one = document.activeElement as HTMLElement;
    const style = getComputedStyle(one);
    const labels = (one as HTMLInputElement).labels;
    const name = one.getAttribute('aria-label') ?? (labels?.length ? labels[0]!.textContent : one.textContent) ?? '';
    const isSeen = one === document.body || style.outlineStyle !== 'none' || style.boxShadow !== 'none' || /color|rgb/.test(style.borderColor);
    return { name: name.trim(), seen: isSeen };
  });
}

/** Goes on with Tab until what is named has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const passed: string[] = [];
  for (let step = 0; step < 120; step++) {
    await page.keyboard.press('Tab');
    const at = await focus(page);
    expect(at.seen, `the focus is seen on ${at.name}`).toBe(true);
    if (name.test(at.name)) return;
    passed.push(at.name);
  }
  throw new Error(`Tab does not come to ${name}: ${passed.join(' > ')}`);
}

describe.runIf(hasBrowser())('the keyboard alone', () => {
  const { visit } = visitors();

  test('WhoHasNoMouseSignsInMakesAKeyAndRevokesIt', async () => {
    const app = await newApp('Keyboard');
    const admin = await newMember(app.tenant, 'admin');
    const visitor = await visit();
    const { page, watch } = visitor;
    watch.expect((status, path) => status === 401 && path === '/v1/session');
    await visitor.open(`/apps/${app.id}`);
    await page.getByLabel('E-mail').waitFor();
    await tabTo(page, /^E-mail/).catch(() => page.getByLabel('E-mail').focus());
    await page.keyboard.type(admin.email);
    await tabTo(page, /^Password/);
    await page.keyboard.type(admin.password);
    await page.keyboard.press('Enter');
    await arrived(page);

    // The palette goes anywhere.
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search and go to' }).waitFor();
    await page.keyboard.type('keys');
    await page.getByRole('option', { selected: true }).filter({ hasText: /keys/i }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Keys' }).waitFor();

    await tabTo(page, /^New key/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'New key' }).waitFor();
    await tabTo(page, /^Name/);
    await page.keyboard.type('typed');
    await page.keyboard.press('Enter');
    await page.getByText('Copy this key now').waitFor();
    await tabTo(page, /I have copied it/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'typed' }).waitFor();
    await tabTo(page, /^Revoke/);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/Type typed to confirm/).waitFor();
    // A dialog keeps the focus, Escape leaves it where it came from.
    for (let step = 0; step < 8; step++) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.closest("[role=dialog]") !== null')).toBe(true);
    }
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await vi.waitFor(async () => expect((await focus(page)).name.slice(0, 40)).toMatch(/^Revoke/), { timeout: PATIENCE_MS, interval: 50 });
    await page.keyboard.press('Enter');
    await dialog.getByLabel(/Type typed to confirm/).waitFor();
    await page.keyboard.type('typed');
    await page.keyboard.press('Enter');
    await page.getByText('typed is revoked.').waitFor();
  });
});

import { describe, expect, test } from 'vitest';
import { hasBrowser, visitors } from './support/browser.ts';
import { signIn } from './support/people.ts';
import { operate } from './support/rest.ts';
import { newApp, newMember } from './support/world.ts';

interface Hook {
  readonly id: string;
  readonly name: string;
  readonly timeoutMs: number;
}

describe.runIf(hasBrowser())('hooks', () => {
  const { visit } = visitors();

  test('AHookIsMadeChangedGivenAnotherSecretAndDeleted', async () => {
    const app = await newApp('Moderated');
    const admin = await newMember(app.tenant, 'admin');
    const visitor = await visit();
    const { page } = visitor;
    await signIn(visitor, admin, `/apps/${app.id}/hooks`);
    await page.getByRole('link', { name: 'New hook' }).first().click();
    await page.getByRole('button', { name: 'Make the hook' }).click();
    await page.getByText('Give it a name.').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('moderation');
    await page.getByLabel('URL', { exact: true }).fill('http://127.0.0.1:40009/decide');
    await page.getByRole('button', { name: 'Make the hook' }).click();
    await page.getByText('Copy this secret now').waitFor();
    const secret = await page.locator('pre').first().innerText();
    await page.getByRole('link', { name: 'I have copied it' }).click();
    await page.getByRole('heading', { level: 1, name: 'moderation' }).waitFor();

    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    const patience = page.getByLabel('It is waited for');
    await patience.fill('5000');
    await page.getByRole('button', { name: 'Save' }).click();
    // What is out of bounds is not saved, nor is anything in its place.
    expect(await patience.inputValue()).toBe('5000');
    await patience.fill('250');
    await page.getByLabel('Name', { exact: true }).fill('moderator');
    await page.getByLabel('Name', { exact: true }).press('Enter');
    await page.getByText('moderator is saved.').waitFor();
    await page.getByRole('heading', { level: 1, name: 'moderator' }).waitFor();
    expect(await page.getByLabel('Name', { exact: true }).evaluate((one) => one === document.activeElement), 'the focus stays').toBe(true);
    const { items } = await operate<{ items: Hook[] }>('GET', `/v1/apps/${app.id}/hooks`);
    expect(items).toMatchObject([{ name: 'moderator', timeoutMs: 250 }]);

    await page.getByRole('button', { name: 'Give it another secret' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Make the new secret' }).click();
    await page.getByRole('dialog').getByText('Copy this secret now').waitFor();
    expect(await page.getByRole('dialog').locator('pre').innerText()).not.toBe(secret);
    await page.getByRole('dialog').getByRole('button', { name: 'I have copied it' }).click();
    await page.getByText('The one before is still good').waitFor();

    await page.getByRole('button', { name: 'Delete the hook' }).click();
    await page.getByLabel(/Type moderator to confirm/).fill('moderator');
    await page.getByRole('button', { name: 'Delete this hook' }).click();
    await page.getByText('moderator is deleted.').waitFor();
    await page.getByText('Decide yourself, message by message').waitFor();
  });
});

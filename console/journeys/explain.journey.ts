import { describe, expect, test } from 'vitest';
import { hasBrowser, visitors } from './support/browser.ts';
import { signIn } from './support/people.ts';
import { newApp, newKey, newMember } from './support/world.ts';

describe.runIf(hasBrowser())('explain', () => {
  const { visit } = visitors();

  test('TheRuleThatDecidesIsSaidWordByWord', async () => {
    const app = await newApp('Pilot');
    const { key } = await newKey(app.id, 'narrow', { 'orders:*': ['publish'] });
    const developer = await newMember(app.tenant, 'developer');
    const visitor = await visit();
    const { page } = visitor;
    await signIn(visitor, developer, `/apps/${app.id}/explain`);
    await page.getByText('A credential', { exact: true }).click();
    await page.getByLabel('Credential', { exact: true }).fill(key);
    await page.getByLabel('Channel').fill('chat:room-7');
    await page.getByRole('button', { name: 'Explain' }).click();
    await page.getByText('It would be refused').waitFor();
    await page.getByText('decides', { exact: true }).waitFor();
    expect(await page.locator('[data-deciding]').innerText()).toContain('no pattern of key');

    await page.getByLabel('Channel').fill('orders:7');
    await page.getByRole('combobox', { name: 'Operation' }).selectOption('publish');
    await page.getByRole('button', { name: 'Explain' }).click();
    await page.getByText('It would be allowed').waitFor();
  });
});

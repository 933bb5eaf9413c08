import { describe, expect, test, vi } from 'vitest';
import { hasBrowser, PATIENCE_MS, visitors } from './support/browser.ts';
import { signIn } from './support/people.ts';
import { backend, newApp, newMember } from './support/world.ts';

describe.runIf(hasBrowser())('channels', () => {
  const { visit } = visitors();

  test('WhatIsPublishedGoesToTheChannelThatIsShown', async () => {
    const app = await newApp('Ferries');
    const developer = await newMember(app.tenant, 'developer');
    const visitor = await visit();
    const { page } = visitor;
    await signIn(visitor, developer, `/apps/${app.id}/channels/view?name=north`);
    await page.getByRole('heading', { level: 1, name: 'north' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search and go to' }).fill('south');
    await page.getByRole('option', { name: 'Channel south' }).click();
    await page.getByRole('heading', { level: 1, name: 'south' }).waitFor();
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText(/Published as #1/).waitFor();
    const seqOf = async (channel: string): Promise<number> => (await backend<{ seq: number }>(app, 'GET', `/v1/channels/${channel}`)).seq;
    expect(await seqOf('south')).toBe(1);
    expect(await seqOf('north')).toBe(0);
  });

  test('ASearchKeepsWhatIsTypedFastAndFollowsALink', async () => {
    const app = await newApp('Harbours');
    const developer = await newMember(app.tenant, 'developer');
    await backend(app, 'POST', '/v1/channels/harbour%3Aeast/messages', { data: 1 });
    const visitor = await visit();
    const { page } = visitor;
    await signIn(visitor, developer, `/apps/${app.id}/live`);
    const text = page.getByRole('search').getByLabel(/^Text in the event/);
    await text.click();
    await page.keyboard.type('harbour east', { delay: 0 });
    expect(await text.inputValue()).toBe('harbour east');
    await vi.waitFor(() => expect(decodeURIComponent(page.url())).toMatch(/text=harbour.east/), { timeout: PATIENCE_MS, interval: 50 });

    await page.getByRole('link', { name: 'Channels', exact: true }).click();
    const prefix = page.getByRole('searchbox', { name: 'Channels whose name begins with' });
    await prefix.fill('nothing:');
    await page.getByText('No channel begins so').waitFor();
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Channels', exact: true }).click();
    await page.getByRole('link', { name: 'harbour:east' }).waitFor();
    expect(await prefix.inputValue()).toBe('');
  });

  test('AMenusOwnButtonClosesItToo', async () => {
    const app = await newApp('Menus');
    const developer = await newMember(app.tenant, 'developer');
    const visitor = await visit();
    const { page } = visitor;
    await signIn(visitor, developer, `/apps/${app.id}/keys`);
    const button = page.getByRole('button', { name: /, your account/ });
    await button.click();
    await page.getByRole('menu', { name: 'Your account' }).waitFor();
    await button.click();
    await page.getByRole('menu', { name: 'Your account' }).waitFor({ state: 'detached' });
    await button.click();
    await page.getByRole('menuitem', { name: 'Your account' }).click();
    await page.getByRole('heading', { level: 1, name: 'Your account' }).waitFor();
  });
});

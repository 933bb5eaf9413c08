import { describe, expect, inject, test } from 'vitest';
import { hasBrowser, visitors } from './support/browser.ts';
import { arrived } from './support/people.ts';
import { gatewayUrl, send } from './support/rest.ts';
import { basic } from './support/world.ts';

describe.runIf(hasBrowser())('the first run', () => {
  const { visit } = visitors();

  test('WhoStartedTheGatewayIsWithinMinutesAtAFirstMessageSeenLive', async () => {
    const visitor = await visit();
    const { page, watch } = visitor;
    watch.expect((status, path) => status === 401 && path === '/v1/session');
    await page.goto(inject('gateway').signInLink);
    await arrived(page);
    expect(page.url(), 'the secret has left the address').not.toContain('link=');

    await visitor.open('/tenants');
    await page.getByRole('button', { name: 'Create a tenant' }).first().click();
    await page.getByRole('dialog').getByLabel('Name').fill('First & Co');
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
    await page.waitForURL(/\/tenants\/[0-9a-f-]{36}/);
    await page.goto(`${page.url().replace(/\/$/, '')}/apps`);
    await page.getByRole('button', { name: 'Create an app' }).first().click();
    await page.getByRole('dialog').getByLabel('Name').fill('production');
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
    await page.waitForURL(/\/apps\/\d+/);
    const appId = /\/apps\/(\d+)/.exec(page.url())![1]!;

    await visitor.open(`/apps/${appId}/keys/new`);
    await page.getByLabel('Name', { exact: true }).fill('backend');
    await page.getByRole('button', { name: 'Make the key' }).click();
    await page.getByText('Copy this key now').waitFor();
    const key = (await page.locator('pre').first().innerText()).trim();
    const publish = await page.locator('pre').allInnerTexts();
    const channel = /channels\/([^/\s'"]+)\/messages/.exec(publish.join('\n'))?.[1];
    expect(channel, 'a first publish is there to copy').toBeDefined();

    await visitor.open(`/apps/${appId}/live`);
    await page.getByText('Live', { exact: true }).last().waitFor();
    await page.getByRole('option').filter({ hasText: 'subscription.added' }).first().waitFor();
    const answer = await send('POST', `/v1/channels/${channel}/messages`, { Authorization: basic(key) }, { data: { text: 'Hello' } });
    expect(answer.status).toBe(201);
    await page.getByRole('option').filter({ hasText: 'message.published' }).first().waitFor();

    // The link was good once.
    const other = await visit();
    other.watch.expect((status, path) => status === 401 && path === '/v1/session');
    await other.page.goto(inject('gateway').signInLink);
    await other.page.getByRole('alert').filter({ hasText: '40150' }).waitFor();
    expect(other.page.url().startsWith(gatewayUrl())).toBe(true);
  });
});

import { describe, expect, test } from 'vitest';
import { hasBrowser, visitors } from './support/browser.ts';
import { arrived, signIn } from './support/people.ts';
import { totp } from './support/totp.ts';
import { invite, newMember, newTenant } from './support/world.ts';

describe.runIf(hasBrowser())('an account', () => {
  const { visit } = visitors();

  test('AnInvitationsLinkMakesAnAccountOnce', async () => {
    const tenant = await newTenant('Invited & Co');
    const { url } = await invite(tenant, 'developer');
    const visitor = await visit();
    const { page, watch } = visitor;
    watch.expect((status, path) => status === 401 && path === '/v1/session');
    await page.goto(url);
    await page.getByRole('heading', { name: 'Join Invited & Co' }).waitFor();
    expect(page.url(), 'the secret has left the address').not.toContain('invitation=');
    await page.getByLabel('Your name').fill('Grace');
    await page.getByLabel('A password', { exact: true }).fill('short');
    watch.expect((status, path) => status === 400 && path === '/v1/invitations/accept');
    await page.getByRole('button', { name: 'Accept and sign in' }).click();
    await page.getByRole('alert').filter({ hasText: '40014' }).waitFor();
    await page.getByLabel('A password', { exact: true }).fill('seven herons over the marsh');
    await page.getByRole('button', { name: 'Accept and sign in' }).click();
    await arrived(page);
    await page.getByRole('button', { name: /, your account/ }).waitFor();

    const other = await visit();
    other.watch.expect((status, path) => (status === 404 && path === '/v1/invitations/open') || (status === 401 && path === '/v1/session'));
    await other.page.goto(url);
    await other.page.getByText('This invitation cannot be used').waitFor();
  });

  test('ASecondFactorIsAskedForAndARecoveryCodeIsGoodOnce', async () => {
    const ada = await newMember(await newTenant('Careful & Co'), 'owner', 'Ada');
    const visitor = await visit();
    const { page, watch } = visitor;
    await signIn(visitor, ada, '/account');
    await page.getByRole('button', { name: 'Set up' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Your password', { exact: true }).fill(ada.password);
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await dialog.getByRole('img', { name: /QR code/ }).waitFor();
    const secret = (await dialog.locator('code').first().innerText()).replaceAll(' ', '');
    await dialog.getByLabel('Code', { exact: true }).fill(totp(secret));
    await dialog.getByRole('button', { name: 'Turn it on' }).click();
    await dialog.getByText('Copy this list of recovery codes now').waitFor();
    const codes = (await dialog.locator('pre').innerText()).split('\n').map((line) => line.trim()).filter(Boolean);
    expect(codes.length).toBeGreaterThanOrEqual(8);
    await dialog.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByRole('heading', { name: /Second factor on/ }).waitFor();

    const again = async (code: string): Promise<typeof page> => {
      const other = await visit();
      other.watch.expect((status, path) => status === 401 && path === '/v1/session');
      await other.open('/');
      await other.page.getByLabel('E-mail').fill(ada.email);
      await other.page.getByLabel('Password', { exact: true }).fill(ada.password);
      await other.page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await other.page.getByLabel('Code', { exact: true }).fill(code);
      await other.page.getByRole('button', { name: 'Go on' }).click();
      return other.page;
    };
    await arrived(await again(codes[0]!));
    await (await again(codes[0]!)).getByRole('alert').waitFor();
    await (await again('000000')).getByRole('alert').waitFor();
    // One code of the authenticator is good once, too: that of the next half minute is another.
    await arrived(await again(totp(secret, Date.now() + 30_000)));
    watch.judge();
  });

  test('WhoSignsOutIsOutAndTheAddressIsKeptForLater', async () => {
    const tenant = await newTenant('Leaving & Co');
    const ada = await newMember(tenant, 'viewer', 'Ada');
    const visitor = await visit();
    const { page } = visitor;
    await signIn(visitor, ada, `/tenants/${tenant.id}/members`);
    expect(page.url()).toContain(`/console/tenants/${tenant.id}/members`);
    await page.getByRole('button', { name: /, your account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(/sign-in/);
    await visitor.open(`/tenants/${tenant.id}`);
    await page.waitForURL(/sign-in/);
    await page.getByLabel('E-mail').fill(ada.email);
    await page.getByLabel('Password', { exact: true }).fill('not hers at all');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: '40150' }).waitFor();
  });
});

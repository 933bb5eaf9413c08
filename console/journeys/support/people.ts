import type { Page } from 'playwright-core';
import type { Person } from './world.ts';
import type { Visitor } from './browser.ts';
import { gatewayUrl } from './rest.ts';

/** Signs in as a person does, with the form; then she is where `next` says. */
export async function signIn(visitor: Visitor, person: Person, next = '/'): Promise<void> {
  const { page, watch } = visitor;
  // Whoever comes without a session is asked for one.
  watch.expect((status, path) => status === 401 && path === '/v1/session');
  await visitor.open(next);
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await arrived(page);
}

/** Waits until a page of the shell is shown. */
export async function arrived(page: Page): Promise<void> {
  await page.waitForURL((url) => url.href.startsWith(`${gatewayUrl()}/console`) && !/sign-in|invitation/.test(url.pathname));
  await page.getByRole('button', { name: /your account/i }).waitFor();
  await page.getByRole('heading', { level: 1 }).first().waitFor();
}

/** What a page's own script is answered, as this person: no way around the server. */
export function force(page: Page, method: string, path: string, body?: unknown): Promise<number> {
  return page.evaluate(
    async ([method, path, body]) => {
      const headers: Record<string, string> = { 'X-Tidegate-Console': '1', ...(body && { 'Content-Type': 'application/json' }) };
      const answer = await fetch(path, { method, headers, ...(body && { body }) });
      return answer.status;
    },
    [method, path, body === undefined ? '' : JSON.stringify(body)] as const,
  );
}

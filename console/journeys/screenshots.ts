import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'vitest';
import { hasBrowser, visitors } from './support/browser.ts';
import { signIn } from './support/people.ts';
import { furnished, OUTSIDE, places } from './support/pages.ts';
import { client } from './support/sdk.ts';
import { backend, newOperator } from './support/world.ts';

const FOLDER = fileURLToPath(new URL('../screenshots/', import.meta.url));
const LOOKS = [
  { look: 'light', colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  { look: 'dark', colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
  { look: 'phone', colorScheme: 'light', viewport: { width: 390, height: 844 } },
  { look: 'phone-dark', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const;

describe.runIf(hasBrowser())('pictures of every page', () => {
  const { visit } = visitors();

  test('as people see it', async () => {
    mkdirSync(FOLDER, { recursive: true });
    const { app, keyId } = await furnished('Harbour');
    const operator = await newOperator();
    for (const user of ['ada', 'bob', 'grace']) {
      const channel = client(app, user).channel('chat:room-7');
      await channel.subscribe(() => undefined).ready;
      await channel.presence.enter({ mood: 'here' });
    }
    const beat = setInterval(() => void backend(app, 'POST', '/v1/channels/chat%3Aroom-7/messages', { name: 'note', data: { text: 'The tide is in', at: Date.now() } }).catch(() => undefined), 500);
    try {
      for (const { look, ...options } of LOOKS) {
        const visitor = await visit(options);
        const { page, watch } = visitor;
        watch.expect((status, path) => status === 401 && path === '/v1/session');
        const picture = async (name: string): Promise<void> => {
          await page.getByRole('heading', { level: 1 }).first().waitFor();
          await page.waitForFunction(() => !document.querySelector('.mantine-Skeleton-root, [data-skeleton]'));
          // Charts and lists draw what has just come.
          await page.waitForTimeout(700);
          await page.screenshot({ path: `${FOLDER}${name}-${look}.png` });
        };
        for (const { name, path } of OUTSIDE) {
          await visitor.open(path);
          await picture(name);
        }
        await signIn(visitor, operator);
        for (const { name, path } of places(app, keyId)) {
          await visitor.open(path);
          await picture(name);
        }
        await visitor.open('/');
        await page.getByRole('heading', { level: 1 }).first().waitFor();
        await page.keyboard.press('Control+k');
        await page.getByRole('combobox', { name: 'Search and go to' }).waitFor();
        await picture('palette');
      }
    } finally {
      clearInterval(beat);
    }
  }, 900_000);
});

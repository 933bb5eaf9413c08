import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { launch } from '../browser/support/example.js';
import { JAR } from '../support/gateway.js';
import { freePort } from '../support/process.js';

test('an example starts a gateway where none answers, and ends it', async () => {
  const data = mkdtempSync(join(tmpdir(), 'tidegate-example-'));
  const port = `${await freePort()}`;
  const example = await launch('chat', {
    TIDEGATE_JAR: JAR,
    TIDEGATE_PORT: port,
    TIDEGATE_MANAGEMENT_PORT: `${await freePort()}`,
    TIDEGATE_DATA: data,
  });
  try {
    expect(await (await fetch(example.url)).text()).toContain('<title>Chat');
    const { token } = (await (await fetch(`${example.url}token?name=Ada`)).json()) as { token: string };
    expect(token.split('.')).toHaveLength(3);
  } finally {
    await example.stop();
    rmSync(data, { recursive: true, force: true });
  }
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
});

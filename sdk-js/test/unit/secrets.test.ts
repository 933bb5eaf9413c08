import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { TidegateError, Tidegate } from '../../src/index.js';

const SECRET = 'Qk71vXz5mRw8Tn3L';
const cipherKey = new Uint8Array(32).fill(171);

test('NeitherKeyNorCipherKeyIsPrintedWithTheClient', () => {
  const client = new Tidegate({ url: 'http://127.0.0.1:9', key: `app.key:${SECRET}`, transports: ['sse'] });
  const channel = client.channel('secret', { cipherKey });
  for (const text of [inspect([client, channel], { depth: Infinity, showHidden: true }), JSON.stringify([client.connection, channel.presence])]) {
    expect(text).not.toContain(SECRET);
    expect(text).not.toMatch(/171, ?171/);
  }
});

test('CredentialsInTheUrlAreRefusedWithoutBeingRepeated', () => {
  for (const url of [`https://user:${SECRET}@gate.example.com`, `https://gate.example.com/?token=${SECRET}`]) {
    let thrown: unknown;
    try {
      new Tidegate({ url, token: () => '' });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(TypeError);
    expect(String(thrown)).not.toContain(SECRET);
  }
});

test('AKeyThatIsNoneIsRefusedWithoutBeingRepeated', () => {
  expect(() => new Tidegate({ url: 'http://127.0.0.1:9', key: SECRET })).toThrowError(expect.not.objectContaining({ message: expect.stringContaining(SECRET) }));
});

test('ARequestThatFailsDoesNotSayWhatItShowed', async () => {
  const client = new Tidegate({ url: 'http://127.0.0.1:9', token: () => SECRET, fetch: () => Promise.resolve(new Response('{"code":40101}', { status: 401 })) });
  const error = await new Promise<unknown>((resolve) => client.channel('x').history().then(undefined, resolve));
  expect(error).toBeInstanceOf(TidegateError);
  expect(inspect(error, { depth: Infinity })).not.toContain(SECRET);
});

test('TheSameKeyIsTheSameChannel', () => {
  const client = new Tidegate({ url: 'http://127.0.0.1:9', token: () => SECRET, transports: ['sse'] });
  const channel = client.channel('x', { cipherKey });
  expect(client.channel('x', { cipherKey: Buffer.from(cipherKey).toString('base64') })).toBe(channel);
  expect(client.channel('x')).toBe(channel);
  expect(client.channel('x', { cipherKey: new Uint8Array(32) })).not.toBe(channel);
});

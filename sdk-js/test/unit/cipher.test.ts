import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fromBase64 } from '../../src/bytes.js';
import { Cipher } from '../../src/cipher.js';

interface Vector {
  readonly [field: string]: string;
}

const { vectors } = JSON.parse(readFileSync(new URL('../../../openapi/vectors/encryption.json', import.meta.url), 'utf8')) as { readonly vectors: readonly Vector[] };

test.each(vectors)('BothSdksEncryptAlike: $name', async ({ key, channel, id, nonce, data, encoding, encoded }) => {
  const cipher = new Cipher(channel!, fromBase64(key!));
  const inner = encoding!.split('/')[1];
  expect(await cipher.encrypt(id!, data!, inner, fromBase64(nonce!))).toEqual({ data: encoded, encoding });
  expect((await cipher.decrypt(id!, encoded, encoding!)).json).toBe(data);
});

test('AMessageOfAnotherIdOrChannelIsNotDecrypted', async () => {
  const { key, channel, id, encoded, encoding } = vectors[0]!;
  await expect(new Cipher(channel!, fromBase64(key!)).decrypt(`${id}x`, encoded, encoding!)).rejects.toMatchObject({ code: 80002 });
  await expect(new Cipher(`${channel}x`, fromBase64(key!)).decrypt(id!, encoded, encoding!)).rejects.toMatchObject({ code: 80002 });
});

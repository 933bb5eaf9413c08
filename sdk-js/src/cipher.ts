import { fromBase64, toBase64, utf8 } from './bytes.js';
import { LocalCode, TidegateError } from './errors.js';

const ENCODING = 'cipher+aes-256-gcm';
const NONCE = 12;

/** End-to-end encryption of one channel: AES-256-GCM, base64(nonce, ciphertext, tag), bound to channel and message id. */
export class Cipher {
  readonly #channel: string;
  readonly #key: Promise<CryptoKey>;

  /** @param key 32 bytes; they never leave this device */
  constructor(channel: string, key: Uint8Array<ArrayBuffer>) {
    this.#channel = channel;
    this.#key = crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']);
  }

  /** @param nonce random but in tests of the vectors */
  async encrypt(id: string, json: string, inner: string | undefined, nonce = crypto.getRandomValues(new Uint8Array(NONCE))): Promise<{ data: string; encoding: string }> {
    const sealed = new Uint8Array(await crypto.subtle.encrypt(this.#parameters(id, nonce), await this.#key, utf8(json)));
    const whole = new Uint8Array(NONCE + sealed.length);
    whole.set(nonce);
    whole.set(sealed, NONCE);
    return { data: toBase64(whole), encoding: inner === undefined ? ENCODING : `${ENCODING}/${inner}` };
  }

  /** @throws TidegateError 80002 */
  async decrypt(id: string, data: unknown, encoding: string): Promise<{ json: string; inner?: string }> {
    const [outer, inner] = encoding.split('/', 2);
    try {
      if (outer !== ENCODING) throw new Error(`unknown encoding ${encoding}`);
      const whole = fromBase64(String(data));
      const plain = await crypto.subtle.decrypt(this.#parameters(id, whole.subarray(0, NONCE)), await this.#key, whole.subarray(NONCE));
      const json = new TextDecoder('utf-8', { fatal: true }).decode(plain);
      return inner === undefined ? { json } : { json, inner };
    } catch (cause) {
      throw new TidegateError(LocalCode.decryptionFailed, `message ${id} cannot be decrypted`, { channel: this.#channel, cause });
    }
  }

  #parameters(id: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
    return { name: 'AES-GCM', iv, additionalData: utf8(`${this.#channel}\n${id}`) };
  }
}

import { toBase64, utf8 } from '../bytes.js';
import { LocalCode, asTidegateError } from '../errors.js';
import type { TidegateOptions } from '../types.js';
import { expiryOf } from './jwt.js';

/** Asked for again so long before a token ends, or a fifth of its life when that is less. */
const LEAD_MS = 60_000;
const LEAST_LEAD_MS = 2_000;

/** The client's token, fetched once at a time and kept until shortly before it ends; or its key. Both are private to the language, too: no logger prints them. */
export class Credentials {
  readonly #options: Pick<TidegateOptions, 'token' | 'key' | 'clientId'>;
  #token: string | undefined;
  /** By this device's clock; undefined: not known. */
  #renewAt: number | undefined;
  #fetching: Promise<string> | undefined;

  constructor({ token, key, clientId }: Pick<TidegateOptions, 'token' | 'key' | 'clientId'>) {
    if ((token === undefined) === (key === undefined)) throw new TypeError('give either `token` or `key`');
    if (key !== undefined && !/^[^.:]+\.[^:]+:.+$/.test(key)) throw new TypeError('a key is `appId.keyId:secret`');
    this.#options = { token, key, clientId };
  }

  /** For `Authorization`. */
  async header(): Promise<string> {
    const { key } = this.#options;
    return key === undefined ? `Bearer ${await this.jwt()}` : `Basic ${toBase64(utf8(key))}`;
  }

  /** @throws TidegateError 80005 */
  jwt(): Promise<string> {
    if (this.#token !== undefined && (this.#renewAt === undefined || Date.now() < this.#renewAt)) return Promise.resolve(this.#token);
    this.#fetching ??= this.#fetch().finally(() => (this.#fetching = undefined));
    return this.#fetching;
  }

  /** The next one is a fresh one. */
  forget(): void {
    this.#token = undefined;
  }

  /** Milliseconds until a fresh one is due; undefined when that is not known. */
  get dueInMs(): number | undefined {
    return this.#renewAt === undefined ? undefined : Math.max(0, this.#renewAt - Date.now());
  }

  async #fetch(): Promise<string> {
    const { key, token, clientId } = this.#options;
    let fresh: string;
    try {
      // A page has no key: bundlers that split code leave signing out of it.
      fresh = key === undefined ? await token!() : await (await import('./self-signed.js')).selfSigned(key, clientId, Date.now());
      if (typeof fresh !== 'string' || fresh === '') throw new TypeError('`token` gives a string');
    } catch (thrown) {
      throw asTidegateError(thrown, LocalCode.tokenProviderFailed);
    }
    const now = Date.now();
    const expiry = expiryOf(fresh, now);
    this.#token = fresh;
    this.#renewAt = expiry === undefined ? undefined : expiry - Math.min(LEAD_MS, Math.max(LEAST_LEAD_MS, (expiry - now) / 5));
    return fresh;
  }
}

import { fromBase64, toBase64 } from './bytes.js';
import type { Cipher } from './cipher.js';
import { LocalCode, TidegateError } from './errors.js';
import type { WireMessage, WirePayload } from './frames.js';
import { optional } from './promises.js';
import type { Message, Payload } from './types.js';

type Sent<T> = Payload<T> & { readonly id: string };

/** Between what the program sees and what the wire has: bytes, and the cipher where there is one. */
export class Codec {
  readonly #channel: string;
  readonly #key: Uint8Array<ArrayBuffer> | undefined;
  #loading: Promise<Cipher> | undefined;

  /** @param key of the cipher: 32 bytes, or their base64 */
  constructor(channel: string, key?: Uint8Array | string) {
    this.#channel = channel;
    this.#key = key === undefined ? undefined : new Uint8Array(typeof key === 'string' ? fromBase64(key) : key);
    if (this.#key && this.#key.length !== 32) throw new TypeError('a cipherKey has 32 bytes');
  }

  /** Has what it needs loaded now, while the page is: later it may be offline. */
  prepare(): void {
    if (this.#key) void optional(this.#cipher(this.#key));
  }

  get encrypts(): boolean {
    return this.#key !== undefined;
  }

  /** Whether both have the same key, or none. Keys of one's own are compared: how long that takes tells nobody anything. */
  equals(other: Codec): boolean {
    return String(this.#key) === String(other.#key);
  }

  /** At once, unless there is a cipher. */
  write<T>(payload: Sent<T>): WirePayload | Promise<WirePayload> {
    const bytes: unknown = payload.data;
    const plain: WirePayload = bytes instanceof Uint8Array ? { ...payload, data: toBase64(bytes), encoding: 'base64' } : { ...payload, data: bytes === undefined ? null : bytes };
    return this.#key ? this.#encrypt(plain, this.#key) : plain;
  }

  async #encrypt(plain: WirePayload, key: Uint8Array<ArrayBuffer>): Promise<WirePayload> {
    // As it is now: the program may change what it gave.
    const json = JSON.stringify(plain.data);
    return { ...plain, ...(await (await this.#cipher(key)).encrypt(plain.id, json, plain.encoding)) };
  }

  /** At once, unless it is encrypted. */
  read<T>(wire: WireMessage, epoch: string): Message<T> | Promise<Message<T>> {
    const { encoding } = wire;
    return encoding?.startsWith('cipher+') ? this.#decrypt(wire, encoding, epoch) : this.#plain(wire, epoch, wire.data, encoding);
  }

  async #decrypt<T>(wire: WireMessage, encoding: string, epoch: string): Promise<Message<T>> {
    if (!this.#key) throw new TidegateError(LocalCode.decryptionFailed, `message ${wire.id} is encrypted: no cipherKey`, { channel: this.#channel });
    const { json, inner } = await (await this.#cipher(this.#key)).decrypt(wire.id, wire.data, encoding);
    return this.#plain(wire, epoch, JSON.parse(json), inner);
  }

  /** Few pages encrypt: bundlers that split code leave it out of the others. */
  #cipher(key: Uint8Array<ArrayBuffer>): Promise<Cipher> {
    return (this.#loading ??= import('./cipher.js').then(
      ({ Cipher }) => new Cipher(this.#channel, key),
      (thrown: unknown) => {
        this.#loading = undefined;
        throw thrown;
      },
    ));
  }

  #plain<T>(wire: WireMessage, epoch: string, data: unknown, encoding: string | undefined): Message<T> {
    const { seq, id, name, clientId, connectionId, timestamp, headers } = wire;
    return {
      id,
      channel: this.#channel,
      seq,
      epoch: wire.epoch ?? epoch,
      ...(name !== undefined && { name }),
      // The type is what the program says of its own channel.
      data: (encoding === 'base64' ? fromBase64(String(data)) : data) as T,
      ...(encoding !== undefined && { encoding }),
      ...(clientId !== undefined && { clientId }),
      ...(connectionId !== undefined && { connectionId }),
      timestamp,
      ...(headers !== undefined && { headers }),
    };
  }
}

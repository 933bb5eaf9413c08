import { fromBase64, toBase64 } from './bytes.js';
import { Cipher } from './cipher.js';
import { LocalCode, TidegateError } from './errors.js';
import type { WireMessage, WirePayload } from './frames.js';
import type { Message, Payload } from './types.js';

type Sent<T> = Payload<T> & { readonly id: string };

/** Between what the program sees and what the wire has: bytes, and the cipher where there is one. */
export class Codec {
  constructor(
    private readonly channel: string,
    readonly cipher?: Cipher,
  ) {}

  /** At once, unless there is a cipher. */
  write<T>(payload: Sent<T>): WirePayload | Promise<WirePayload> {
    const bytes: unknown = payload.data;
    const plain: WirePayload = bytes instanceof Uint8Array ? { ...payload, data: toBase64(bytes), encoding: 'base64' } : { ...payload, data: bytes === undefined ? null : bytes };
    if (!this.cipher) return plain;
    return this.cipher.encrypt(plain.id, JSON.stringify(plain.data), plain.encoding).then((sealed) => ({ ...plain, ...sealed }));
  }

  /** At once, unless it is encrypted. */
  read<T>(wire: WireMessage, epoch: string): Message<T> | Promise<Message<T>> {
    const { encoding } = wire;
    if (encoding === undefined || !Cipher.understands(encoding)) return this.plain(wire, epoch, wire.data, encoding);
    if (!this.cipher) return Promise.reject(new TidegateError(LocalCode.decryptionFailed, `message ${wire.id} is encrypted, and the channel has no cipherKey`, { channel: this.channel }));
    return this.cipher.decrypt(wire.id, wire.data, encoding).then(({ json, inner }) => this.plain<T>(wire, epoch, JSON.parse(json), inner));
  }

  private plain<T>(wire: WireMessage, epoch: string, data: unknown, encoding: string | undefined): Message<T> {
    const { seq, id, name, clientId, connectionId, timestamp, headers } = wire;
    return {
      id,
      channel: this.channel,
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

import { Credentials } from './auth/credentials.js';
import { newId } from './bytes.js';
import { Channel, type ChannelOptions } from './channel.js';
import { Codec } from './codec.js';
import { Connection } from './connection/connection.js';
import { Dialer } from './connection/dialer.js';
import { Fallback } from './connection/fallback.js';
import type { TidegateError } from './errors.js';
import type { Published } from './frames.js';
import { problem } from './http/problem.js';
import { Rest } from './http/rest.js';
import { Live } from './live/live.js';
import { Channels, Tokens } from './server.js';
import type { Payload, TidegateOptions } from './types.js';

/** Names that keep their `Channel`, so that the same name gives the same object; a backend may use any number. */
const CHANNELS = 1_000;

export interface BatchItem {
  readonly channels: readonly string[];
  readonly messages: readonly Payload[];
}

/** What became of one channel of a batch: published, or refused. */
export type BatchResult = (Published & { readonly error?: undefined }) | { readonly channel: string; readonly error: TidegateError };

/** The client: `new Tidegate({ url, token: () => fetchToken() })` in a page, `{ url, key }` in a backend. */
export class Tidegate {
  readonly connection: Connection;
  readonly tokens: Tokens;
  readonly channels: Channels;
  readonly #rest: Rest;
  readonly #live: Live;
  readonly #known = new Map<string, Channel<never>>();

  constructor(options: TidegateOptions) {
    const credentials = new Credentials(options);
    this.#rest = new Rest(options, credentials);
    this.#live = new Live(this.#rest, options.queueLimit);
    const dialer = new Dialer(options, this.#rest, credentials);
    this.connection = new Connection(dialer, new Fallback(dialer.transports), credentials, this.#live);
    this.#live.connection = this.connection;
    this.tokens = new Tokens(this.#rest);
    this.channels = new Channels(this.#rest);
  }

  /** The same for the same name, as long as its key is the same. @typeParam T what its messages' data is; nothing checks it. */
  channel<T = unknown>(name: string, options: ChannelOptions = {}): Channel<T> {
    let channel = this.#known.get(name) as Channel<T> | undefined;
    const codec = channel && options.cipherKey === undefined ? channel.codec : new Codec(name, options.cipherKey);
    if (!channel?.codec.equals(codec)) {
      channel = new Channel<T>(name, codec, this.#live, this.#rest);
      this.#known.set(name, channel as unknown as Channel<never>);
      if (this.#known.size > CHANNELS) this.#known.delete(this.#known.keys().next().value!);
    }
    return channel;
  }

  /** To many channels over REST, each a unit with a result of its own. */
  async publishBatch(items: readonly BatchItem[]): Promise<readonly BatchResult[]> {
    const plain = new Codec('');
    const body = items.map(({ channels, messages }) => ({ channels, messages: messages.map((payload) => plain.write({ ...payload, id: payload.id ?? newId() })) }));
    type Result = Published | { readonly channel: string; readonly error: { readonly status: number } };
    const { results } = await this.#rest.call<{ results: readonly Result[] }>('POST', '/v1/messages', { items: body });
    return results.map((result) => ('error' in result ? { channel: result.channel, error: problem(result.error, result.error.status, result.channel) } : result));
  }

  /** Ends the connection and every subscription; what is not sent yet fails. */
  close(): void {
    this.connection.close();
  }
}

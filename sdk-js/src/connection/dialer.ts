import type { Credentials } from '../auth/credentials.js';
import type { Rest } from '../http/rest.js';
import type { Line, LineListener } from '../transport/line.js';
import type { StreamMemory } from '../transport/stream.js';
import { openWebSocket } from '../transport/websocket.js';
import type { TidegateOptions, TransportName, WebSocketLike } from '../types.js';
import type { Attempt } from './link.js';

/** Opens lines of each kind. */
export class Dialer {
  readonly timeoutMs: number;
  readonly #options: Pick<TidegateOptions, 'transports' | 'echo'>;
  readonly #rest: Rest;
  readonly #credentials: Credentials;
  readonly #memories: Record<'sse' | 'poll', StreamMemory> = { sse: {}, poll: {} };
  readonly #WebSocket: (new (url: string) => WebSocketLike) | undefined;

  constructor({ WebSocket, timeoutMs = 10_000, transports, echo }: TidegateOptions, rest: Rest, credentials: Credentials) {
    this.#options = { transports, echo };
    this.#rest = rest;
    this.#credentials = credentials;
    this.#WebSocket = WebSocket ?? (globalThis as { WebSocket?: new (url: string) => WebSocketLike }).WebSocket;
    this.timeoutMs = timeoutMs;
  }

  /** Those of the options that this platform can do. */
  get transports(): readonly TransportName[] {
    return (this.#options.transports ?? ['websocket', 'sse', 'poll']).filter((name) => name !== 'websocket' || this.#WebSocket !== undefined);
  }

  /**
   * @param isOver whether nobody wants it any more: then there is none
   * @throws TidegateError 80005 when there is no token
   */
  async dial({ transport, followed, patienceMs, resume }: Attempt, isOver: () => boolean, listener: LineListener): Promise<Line | undefined> {
    if (transport !== 'websocket') {
      // Few networks need it: bundlers that split code leave it out of the page until one does.
      const { openStream } = await import('../transport/stream.js');
      return isOver() ? undefined : openStream(transport, this.#rest, this.#memories[transport], followed, patienceMs, listener);
    }
    const token = await this.#credentials.jwt();
    return isOver() ? undefined : openWebSocket(this.#WebSocket!, this.#rest.base, { token, resume, echo: this.#options.echo === false ? false : undefined }, listener);
  }
}

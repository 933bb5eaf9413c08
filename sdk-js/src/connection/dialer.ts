import type { Credentials } from '../auth/credentials.js';
import type { Rest } from '../http/rest.js';
import type { Followed, Line, LineListener } from '../transport/line.js';
import type { StreamMemory } from '../transport/stream.js';
import { openWebSocket } from '../transport/websocket.js';
import type { TidegateOptions, TransportName, WebSocketLike } from '../types.js';

/** Opens lines of each kind. */
export class Dialer {
  private readonly memories: Record<'sse' | 'poll', StreamMemory> = { sse: {}, poll: {} };
  private readonly WebSocket: (new (url: string) => WebSocketLike) | undefined;
  readonly timeoutMs: number;

  constructor(
    private readonly options: TidegateOptions,
    private readonly rest: Rest,
    private readonly credentials: Credentials,
  ) {
    this.WebSocket = options.WebSocket ?? (globalThis as { WebSocket?: new (url: string) => WebSocketLike }).WebSocket;
    this.timeoutMs = options.timeoutMs ?? 10_000;
  }

  /** Those of the options that this platform can do. */
  get transports(): readonly TransportName[] {
    return (this.options.transports ?? ['websocket', 'sse', 'poll']).filter((name) => name !== 'websocket' || this.WebSocket !== undefined);
  }

  /** @throws TidegateError when there is no token */
  async dial(transport: TransportName, followed: readonly Followed[], patienceMs: number, resume: string | undefined, listener: LineListener): Promise<Line> {
    // Few networks need it: bundlers that split code leave it out of the page until one does.
    if (transport !== 'websocket') return (await import('../transport/stream.js')).openStream(transport, this.rest, this.memories[transport], followed, patienceMs, listener);
    const token = await this.credentials.jwt();
    return openWebSocket(this.WebSocket!, this.rest.base, { token, ...(resume !== undefined && { resume }), ...(this.options.echo === false && { echo: false }) }, listener);
  }
}

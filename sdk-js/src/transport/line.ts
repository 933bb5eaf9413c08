import type { Down } from '../connection/backoff.js';
import type { ClientFrame, ServerFrame } from '../frames.js';
import type { Past } from '../live/past.js';
import type { TransportName } from '../types.js';

/** One channel that a stream is to have. `generation` changes when it is to begin anew. */
export interface Followed {
  readonly channel: string;
  readonly generation: number;
  readonly rewind: number | string | undefined;
  readonly presence: boolean;
}

/** An open way to the gateway; it says `connected` first, and `down` once, last. */
export interface Line {
  readonly transport: TransportName;
  /** WebSocket only: the others have no way up. */
  send?(frame: ClientFrame): void;
  /** Streams only: what they are to carry from now on. */
  follow?(channels: readonly Followed[]): void;
  /** Streams only: they take no positions, and what they leave out is read there. */
  readonly past?: Past;
  /** Nothing is heard of it afterwards. */
  close(): void;
}

export interface LineListener {
  frame(frame: ServerFrame): void;
  down(down: Down): void;
}

import type { Connection } from '../connection/connection.js';
import { LocalCode, TidegateError } from '../errors.js';
import { Room } from './room.js';

/** What may wait for a connection or its answer: a program that enters and leaves in a loop is offline, too. */
const MOST_WAITING = 1_000;

/** The rooms of one client, and their way to the gateway. */
export class Rooms {
  readonly #connection: () => Connection;
  readonly #rooms = new Map<string, Room>();
  /** Channels that `present` has named so far. */
  #present = new Set<string>();
  #opening: (() => void)[] = [];
  #waiting = 0;

  constructor(connection: () => Connection) {
    this.#connection = connection;
  }

  /** Made when there is none. */
  of(channel: string): Room {
    let room = this.#rooms.get(channel);
    if (!room) {
      room = new Room((action, data) => this.#act(channel, action, data));
      this.#rooms.set(channel, room);
    }
    return room;
  }

  known(channel: string): Room | undefined {
    return this.#rooms.get(channel);
  }

  /** The wire does not tell of this channel any more. */
  untold(channel: string): void {
    this.#rooms.get(channel)?.told(false);
    this.#tidy(channel);
  }

  /** @param resumed whether it goes on where it has entered: `present` tells where that still is */
  opened(resumed: boolean): void {
    this.#present = new Set();
    if (!resumed) this.#lost();
    this.#awake();
  }

  present(channels: readonly string[], more: boolean): void {
    for (const channel of channels) this.#present.add(channel);
    if (!more) this.#lost();
  }

  /** There is no connection, and there will be none. */
  ended(error: TidegateError, isClosed: boolean): void {
    if (isClosed) {
      for (const room of this.#rooms.values()) room.end(error);
      this.#rooms.clear();
    }
    this.#awake();
  }

  #lost(): void {
    for (const [channel, room] of this.#rooms) if (!this.#present.has(channel)) room.lost();
  }

  #tidy(channel: string): void {
    if (this.#rooms.get(channel)?.isIdle) this.#rooms.delete(channel);
  }

  #awake(): void {
    this.#opening.splice(0).forEach((resolve) => resolve());
  }

  /** Waits for a connection; what is lost with one is not tried again here, but by whoever is still entered. */
  async #act(channel: string, action: 'enter' | 'update' | 'leave', data: unknown): Promise<void> {
    const connection = this.#connection();
    // Who has no connection is nowhere.
    if (action === 'leave' && !connection.isWanted) return this.#tidy(channel);
    if (this.#waiting >= MOST_WAITING) throw new TidegateError(LocalCode.queueFull, `${MOST_WAITING} wait already`, { channel });
    this.#waiting++;
    try {
      while (connection.state !== 'connected') {
        if (!connection.isWanted) throw new TidegateError(LocalCode.closed, `the connection is ${connection.state}`, { channel });
        await new Promise<void>((resolve) => this.#opening.push(resolve));
      }
      const asked = connection.ask({ type: 'presence', channel, action, data });
      if (!asked) throw new TidegateError(40000, 'presence needs a WebSocket', { status: 400, channel });
      await asked;
    } finally {
      this.#waiting--;
      if (action === 'leave') this.#tidy(channel);
    }
  }
}

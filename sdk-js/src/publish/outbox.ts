import { LocalCode, TidegateError } from '../errors.js';
import type { Position } from '../types.js';
import { Lane, type Send, type Unit } from './lane.js';
import type { Outgoing } from './outgoing.js';

/** A page that is offline for long keeps what its user wrote, and not what a loop did. */
export const QUEUE_LIMIT = 1_000;

/** Everything that is published and not yet answered; bounded, in order per channel. */
export class Outbox {
  readonly #lanes = new Map<string, Lane>();
  readonly #pending = new Map<string, Outgoing<unknown>>();

  readonly #send: Send;
  readonly #attempts: () => number;
  readonly #limit: number;

  constructor(send: Send, attempts: () => number, limit = QUEUE_LIMIT) {
    this.#send = send;
    this.#attempts = attempts;
    this.#limit = limit;
  }

  get size(): number {
    return this.#pending.size;
  }

  add(channel: string, unit: Unit): void {
    if (this.#pending.size + unit.messages.length > this.#limit) {
      const error = new TidegateError(LocalCode.queueFull, `${this.#limit} messages wait already`, { channel });
      unit.messages.forEach((message) => message.fail(error));
      return;
    }
    for (const message of unit.messages) this.#pending.set(keyOf(channel, message.id), message);
    let lane = this.#lanes.get(channel);
    if (!lane) {
      lane = new Lane(channel, this.#send, (self, messages) => this.#settled(self, messages), this.#attempts);
      this.#lanes.set(channel, lane);
    }
    lane.add(unit);
  }

  /** There is a connection again. */
  go(): void {
    for (const lane of [...this.#lanes.values()]) lane.go();
  }

  /** One's own message has come back, perhaps before its answer, perhaps in place of it. */
  delivered(channel: string, id: string, position: Position): void {
    this.#pending.get(keyOf(channel, id))?.confirm(position);
  }

  fail(error: TidegateError): void {
    for (const lane of [...this.#lanes.values()]) lane.fail(error);
  }

  #settled(lane: Lane, messages: readonly Outgoing<unknown>[]): void {
    for (const { channel, id } of messages) this.#pending.delete(keyOf(channel, id));
    if (lane.empty) this.#lanes.delete(lane.channel);
  }
}

const keyOf = (channel: string, id: string): string => `${channel}\n${id}`;

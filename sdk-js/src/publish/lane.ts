import { isOutlivedToken, pauseAfter } from '../connection/backoff.js';
import { LocalCode, TidegateError, asTidegateError } from '../errors.js';
import type { Published, WirePayload } from '../frames.js';
import type { Outgoing } from './outgoing.js';

/** What one frame or array may carry (openapi.yaml). */
const MOST_MESSAGES = 100;
/** A frame is refused above 64 kB; the rest of it needs room, too. In UTF-16 units, of which one may be three bytes. */
const MOST_TEXT = 20_000;

/** What was given to one `publish`: all of it or nothing. */
export interface Unit {
  readonly messages: readonly Outgoing<unknown>[];
  readonly wire: readonly WirePayload[] | Promise<readonly WirePayload[]>;
}

/** Sends; undefined: not now, `Lane.go` is called when it can. */
export type Send = (channel: string, messages: readonly WirePayload[]) => Promise<Published> | undefined;

/** The publishes of one channel, one frame under way at a time: their order holds, whatever has to be sent again. */
export class Lane {
  readonly #units: Unit[] = [];
  #busy = false;
  #alone = 0;
  #attempt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;

  readonly #send: Send;
  readonly #settled: (lane: Lane, messages: readonly Outgoing<unknown>[]) => void;
  readonly #attempts: () => number;

  /** @param attempts how often: bounded over REST, where nobody waits for a connection */
  constructor(
    readonly channel: string,
    send: Send,
    settled: (lane: Lane, messages: readonly Outgoing<unknown>[]) => void,
    attempts: () => number,
  ) {
    this.#send = send;
    this.#settled = settled;
    this.#attempts = attempts;
  }

  get empty(): boolean {
    return this.#units.length === 0;
  }

  add(unit: Unit): void {
    this.#units.push(unit);
    this.go();
  }

  /** The way may be open. */
  go(): void {
    if (!this.#busy && this.#retry === undefined && !this.empty) void this.#next();
  }

  /** Nothing of it will be sent any more. */
  fail(error: TidegateError): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    const units = this.#units.splice(0);
    for (const { messages } of units) this.#finish(messages, (message) => message.fail(error));
  }

  async #next(): Promise<void> {
    this.#busy = true;
    try {
      // What is published in one turn shares a frame.
      await Promise.resolve();
      const [units, wire] = await this.#frame();
      // Nothing, or it has failed while it was encrypted.
      if (!this.#units.includes(units[0]!)) return;
      const sending = this.#send(this.channel, wire);
      if (!sending) return;
      try {
        const { epoch, messages } = await sending;
        const seqs = new Map(messages.map(({ id, seq }) => [id, seq]));
        this.#take(units);
        this.#attempt = 0;
        for (const unit of units) this.#finish(unit.messages, (message) => message.confirm({ epoch, seq: seqs.get(message.id) ?? 0 }));
      } catch (thrown) {
        this.#failed(units, asTidegateError(thrown));
      }
    } finally {
      this.#busy = false;
    }
    this.go();
  }

  /** As many units as go into one frame. */
  async #frame(): Promise<[readonly Unit[], readonly WirePayload[]]> {
    const units: Unit[] = [];
    const wire: WirePayload[] = [];
    let size = 0;
    for (const unit of [...this.#units]) {
      if (units.length > 0 && this.#alone > 0) break;
      let messages: readonly WirePayload[];
      try {
        messages = await unit.wire;
        size += JSON.stringify(messages).length;
      } catch (thrown) {
        this.#take([unit]);
        this.#finish(unit.messages, (message) => message.fail(asTidegateError(thrown, LocalCode.contractBroken)));
        continue;
      }
      if (units.length > 0 && (size > MOST_TEXT || wire.length + messages.length > MOST_MESSAGES)) break;
      units.push(unit);
      wire.push(...messages);
    }
    if (this.#alone > 0) this.#alone--;
    return [units, wire];
  }

  #failed(units: readonly Unit[], error: TidegateError): void {
    if (!this.#units.includes(units[0]!)) return;
    if (error.retryable || isOutlivedToken(error.code)) {
      if (++this.#attempt < this.#attempts()) {
        const ms = error.code === LocalCode.noAnswer && this.#attempts() === Infinity ? 0 : pauseAfter(error, this.#attempt - 1);
        this.#retry = setTimeout(() => {
          this.#retry = undefined;
          this.go();
        }, ms);
        return;
      }
    } else if (units.length > 1) {
      // One of them is at fault: each by itself, so that it fails alone.
      this.#alone = units.length;
      return;
    }
    this.#attempt = 0;
    this.#take(units);
    for (const unit of units) this.#finish(unit.messages, (message) => message.fail(error));
  }

  #take(units: readonly Unit[]): void {
    for (const unit of units) {
      const at = this.#units.indexOf(unit);
      if (at >= 0) this.#units.splice(at, 1);
    }
  }

  #finish(messages: readonly Outgoing<unknown>[], how: (message: Outgoing<unknown>) => void): void {
    messages.forEach(how);
    this.#settled(this, messages);
  }
}

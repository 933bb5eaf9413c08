// A client of the native WebSocket protocol (asyncapi.yaml) that survives its connections: it
// subscribes again from its positions, and sends again, under the same ids, what was not answered.

import { address, Refused } from './access.js';
import { Backoff } from './backoff.js';
import { parsed } from './frame.js';
import { Run, Tally } from './run.js';

const PONG_MS = 8_000;
/** Something about the token or its key: a fresh one is at hand, which most pages could not say. */
const OF_TOKEN = (code) => code >= 4002 && code <= 4008;
const STAY_AWAY = (code) => code >= 4000 && code < 4100 && !OF_TOKEN(code);
const AT_ONCE = (code) => code >= 4200 && code < 4300;

export class Socket {
  tally = new Tally();
  /** 'connecting' | 'live' | 'waiting' | 'refused'; `note` says why. */
  state = 'connecting';
  note = '';
  /** When a waiting socket tries again, ms since 1970. */
  until = 0;
  /** Since when the connection is up, by performance.now(). */
  liveSince = Infinity;
  onMessage = () => {};
  onNote = () => {};
  onChange = () => {};

  #access;
  #backoff = new Backoff();
  #channels = new Map();
  #pending = new Map();
  #socket = null;
  #key = null;
  #advised = undefined;
  #timer = 0;
  #pulse = 0;
  #ids = 0;
  #attempts = 0;

  constructor(access) {
    this.#access = access;
  }

  /** The position in a channel; null before the first `subscribed`. */
  position(channel) {
    return this.#channels.get(channel)?.run.position ?? null;
  }

  /** Listens to a channel; the first time it begins up to `rewind` messages back. */
  watch(channel, rewind) {
    this.#channels.set(channel, { run: new Run(this.tally), rewind });
    if (this.state === 'live') {
      this.#subscribe(channel);
    }
  }

  unwatch(channel) {
    if (this.#channels.delete(channel) && this.state === 'live') {
      this.#send({ type: 'unsubscribe', channel });
    }
  }

  /** Publishes the message's JSON; resolves to what the gateway acknowledged. */
  publish(channel, json) {
    return new Promise((resolve, reject) => {
      const id = `p${++this.#ids}`;
      const target = JSON.stringify(channel);
      const frame = `{"type":"publish","id":"${id}","channel":${target},"messages":[${json}]}`;
      this.#pending.set(id, { frame, resolve, reject });
      if (this.state === 'live') {
        this.#socket.send(frame);
      }
    });
  }

  /** Cuts the line, as a tunnel would, and comes back after a while. */
  cut(ms) {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#again(ms, 'cut by you');
  }

  async connect() {
    clearTimeout(this.#timer);
    const attempt = ++this.#attempts;
    this.#turn('connecting');
    try {
      const token = await this.#access.token();
      if (attempt === this.#attempts) {
        this.#open(token);
      }
    } catch (fault) {
      if (attempt === this.#attempts) {
        this.#again(fault.retryAfterMs, fault.message);
      }
    }
  }

  #open(token) {
    const url = address('v1/ws');
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(url);
    this.#socket = socket;
    socket.onopen = () => this.#send({ type: 'auth', token, resume: this.#key ?? undefined });
    socket.onmessage = (event) => {
      if (socket === this.#socket) {
        this.#receive(parsed(event.data));
      }
    };
    socket.onclose = (event) => {
      if (socket === this.#socket) {
        this.#closed(event.code);
      }
    };
  }

  #receive(frame) {
    this.#heard();
    switch (frame.type) {
      case 'connected':
        return this.#connected(frame);
      case 'subscribed':
        return this.#run(frame, (run) => this.#subscribed(run, frame));
      case 'message':
        return this.#run(frame, (run) => run.message(frame) && this.onMessage(frame));
      case 'skipped':
        return this.#run(frame, (run) => run.skipped(frame));
      case 'discontinuity':
        return this.#run(frame, (run) => {
          run.discontinuity(frame);
          this.onNote(frame.channel, `Announced jump to seq ${frame.seq}: ${frame.reason}`);
        });
      case 'reply':
        return this.#settle(frame.id, ({ resolve }) => resolve(frame));
      case 'error':
        return this.#refused(frame);
      case 'unsubscribed':
        return this.onNote(frame.channel, frame.message);
      case 'expiring':
        return this.#renew();
      case 'reconnect':
        this.#advised = frame.afterMs;
        return undefined;
      default:
        return undefined; // pong, and frames of later versions
    }
  }

  #connected(frame) {
    this.#key = frame.connectionKey;
    this.#pulse = frame.pingIntervalMs;
    this.#advised = undefined;
    this.#backoff.connected();
    this.#turn('live');
    for (const channel of this.#channels.keys()) {
      this.#subscribe(channel);
    }
    for (const { frame: unanswered } of this.#pending.values()) {
      this.#socket.send(unanswered);
    }
    this.#heard();
  }

  #subscribe(channel) {
    const { run, rewind } = this.#channels.get(channel);
    const start = run.position === null ? { rewind } : { since: run.position };
    this.#send({ type: 'subscribe', channel, ...start });
  }

  #subscribed(run, frame) {
    const before = run.position;
    run.subscribed(frame);
    if (before !== null) {
      const resumed = `Resumed behind seq ${before.seq}, nothing missed`;
      const jumped = `Begins anew behind seq ${frame.seq}: ${frame.reason}`;
      this.onNote(frame.channel, frame.resumed ? resumed : jumped);
    }
  }

  #refused(frame) {
    const refused = new Refused(frame);
    const pending = this.#pending.get(frame.id);
    if (pending && refused.passing) {
      setTimeout(() => {
        if (this.#pending.has(frame.id) && this.state === 'live') {
          this.#socket.send(pending.frame);
        }
      }, frame.retryAfterMs ?? 1_000);
    } else if (pending) {
      this.#settle(frame.id, ({ reject }) => reject(refused));
    } else if (frame.channel !== undefined) {
      this.onNote(frame.channel, frame.message);
    } else {
      this.#advised = frame.retryAfterMs;
      this.note = frame.message;
      if (refused.ofCredential) {
        this.#access.forget();
      }
    }
  }

  async #renew() {
    try {
      this.#access.forget();
      this.#send({ type: 'auth', id: `a${++this.#ids}`, token: await this.#access.token() });
    } catch {
      // The connection ends with its token; the next one has a new token.
    }
  }

  #closed(code) {
    const advised = this.#advised ?? (AT_ONCE(code) ? 0 : undefined);
    this.#advised = undefined;
    this.#socket = null;
    if (STAY_AWAY(code)) {
      this.#turn('refused', this.note || `closed with ${code}`);
    } else {
      this.#again(advised, this.note || 'connection lost');
    }
  }

  #again(advised, note) {
    const wait = this.#backoff.next(advised);
    clearTimeout(this.#timer);
    this.#attempts++;
    this.until = Date.now() + wait;
    this.#turn('waiting', note);
    this.#timer = setTimeout(() => this.connect(), wait);
  }

  /** A browser does not see the server's pings: ask when it was silent for their interval. */
  #heard() {
    if (this.state !== 'live') {
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#send({ type: 'ping' });
      this.#timer = setTimeout(() => {
        this.#socket?.close();
        this.#socket = null;
        this.#again(0, 'silent for too long');
      }, PONG_MS);
    }, this.#pulse);
  }

  #run(frame, act) {
    const watched = this.#channels.get(frame.channel);
    if (watched) {
      act(watched.run);
      this.onChange();
    }
  }

  #settle(id, act) {
    const pending = this.#pending.get(id);
    if (this.#pending.delete(id)) {
      act(pending);
    }
  }

  #send(frame) {
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify(frame));
    }
  }

  #turn(state, note = '') {
    if (state === 'live') {
      this.liveSince = performance.now();
    }
    this.state = state;
    this.note = note;
    this.onChange();
  }
}

// The gateway's REST interface, as far as a publisher needs it.

import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_MS = 500;
const LONGEST_MS = 30_000;
const ANSWER_WITHIN_MS = 15_000;

/** The gateway's answer is final: the same request would be refused again. */
export class Refused extends Error {}

export class Gateway {
  #url;
  #authorization;
  #onWait;

  /** `onWait(reason, ms)` is told of every wait before another try. */
  constructor(url, key, onWait) {
    this.#url = url;
    this.#authorization = `Basic ${Buffer.from(key).toString('base64')}`;
    this.#onWait = onWait;
  }

  /** The seq of the channel's newest message. */
  async head(channel) {
    return (await this.#ask('GET', `v1/channels/${encodeURIComponent(channel)}`)).seq;
  }

  /**
   * Publishes an array as one unit and returns what became of each message. Goes on with the same
   * ids until there is an answer: nothing is published twice.
   */
  async publish(channel, messages) {
    const path = `v1/channels/${encodeURIComponent(channel)}/messages`;
    return (await this.#ask('POST', path, messages)).messages;
  }

  async #ask(method, path, body) {
    for (let ceiling = FIRST_MS; ; ceiling = Math.min(2 * ceiling, LONGEST_MS)) {
      const answer = await this.#once(method, path, body);
      if (answer.ok) {
        return answer.body;
      }
      const wait = answer.retryAfterMs ?? Math.random() * ceiling;
      this.#onWait(answer.reason, wait);
      await sleep(wait);
    }
  }

  async #once(method, path, body) {
    let response;
    let text;
    try {
      response = await fetch(new URL(path, this.#url), {
        method,
        headers: { Authorization: this.#authorization, 'Content-Type': 'application/json' },
        body: body && JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      text = await response.text();
    } catch (fault) {
      return { ok: false, reason: `no answer (${fault.cause?.code ?? fault.name})` };
    }
    if (response.ok) {
      return { ok: true, body: JSON.parse(text) };
    }
    const problem = parsed(text);
    const detail = problem.detail ?? text.slice(0, 200);
    const reason = `${response.status} ${problem.title ?? ''}: ${detail}`;
    if (response.status < 500 && response.status !== 408 && response.status !== 429) {
      throw new Refused(`${method} ${path}: ${reason}`);
    }
    const seconds = Number(response.headers.get('Retry-After'));
    const advised = problem.retryAfterMs ?? (seconds > 0 ? seconds * 1000 : undefined);
    return { ok: false, reason, retryAfterMs: advised };
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

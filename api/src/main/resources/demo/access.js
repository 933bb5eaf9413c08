// What this page may do, and the two REST routes it uses. A page of your own gets its token from
// your backend; here the gateway's demo stands in for one.

import { Backoff, sleep } from './backoff.js';

const RENEW_BEFORE_MS = 60_000;
const TRIES = 10;

/** A refusal: problem+json (RFC 9457), or an `error` frame. */
export class Refused extends Error {
  constructor({ code, message, retryAfterMs }) {
    super(message);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }

  /** Whether the same request may succeed later: with the same message ids it is never doubled. */
  get passing() {
    return this.code >= 50000 || Math.trunc(this.code / 100) === 429;
  }

  get ofCredential() {
    return Math.trunc(this.code / 100) === 401;
  }
}

/** An address of this gateway, wherever it is mounted. */
export function address(path, query = {}) {
  const url = new URL(path, document.baseURI);
  for (const [name, value] of Object.entries(query)) {
    url.searchParams.set(name, value);
  }
  return url;
}

/** A channel's name in a path or a query. A colon may stay, and is easier to read. */
export const segment = (channel) => encodeURIComponent(channel).replaceAll('%3A', ':');

export class Access {
  #token = null;
  #asked = null;

  /** Who the page is, once it has a token. */
  clientId = null;
  expiresAt = 0;
  onChange = () => {};

  /** A token good for a while; one request, however many ask. */
  async token() {
    if (this.#token !== null && Date.now() < this.expiresAt - RENEW_BEFORE_MS) {
      return this.#token;
    }
    this.#asked ??= this.#admit().finally(() => {
      this.#asked = null;
    });
    return this.#asked;
  }

  /** The gateway did not like the token: the next one is new. */
  forget() {
    this.#token = null;
  }

  /** Something that may stand in an EventSource's address. */
  async ticket(channels) {
    const made = await this.#post('v1/tickets', JSON.stringify({ channels }));
    return made.ticket;
  }

  /** Publishes the message's JSON; goes on with the same id until there is an answer. */
  async publish(channel, json) {
    const path = `v1/channels/${segment(channel)}/messages`;
    const backoff = new Backoff();
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#post(path, json);
      } catch (fault) {
        const again = !(fault instanceof Refused) || fault.passing || fault.ofCredential;
        if (!again || attempt === TRIES) {
          throw fault;
        }
        if (fault.ofCredential) {
          this.forget();
        }
        await sleep(backoff.next(fault.retryAfterMs));
      }
    }
  }

  async #admit() {
    const body = this.clientId === null ? {} : { clientId: this.clientId };
    const made = await send('demo/token', JSON.stringify(body));
    this.#token = made.token;
    this.clientId = made.clientId;
    this.expiresAt = made.expiresAt;
    this.onChange();
    return made.token;
  }

  async #post(path, body) {
    return send(path, body, { Authorization: `Bearer ${await this.token()}` });
  }
}

async function send(path, body, headers = {}) {
  const request = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body,
    cache: 'no-store',
  };
  const answer = await fetch(address(path), request).catch(() => {
    throw new Error('The gateway does not answer');
  });
  if (answer.ok) {
    return answer.json();
  }
  const problem = await answer.json().catch(() => ({}));
  const seconds = Number(answer.headers.get('Retry-After'));
  throw new Refused({
    code: problem.code ?? answer.status * 100,
    message: problem.detail ? `${problem.title}: ${problem.detail}` : `HTTP ${answer.status}`,
    retryAfterMs: problem.retryAfterMs ?? (seconds > 0 ? seconds * 1000 : undefined),
  });
}

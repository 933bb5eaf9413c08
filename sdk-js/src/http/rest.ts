import type { Credentials } from '../auth/credentials.js';
import { LocalCode, TidegateError, asTidegateError } from '../errors.js';
import { isOutlivedToken, pauseAfter } from '../connection/backoff.js';
import type { TidegateOptions } from '../types.js';
import { problemOf } from './problem.js';

/** With jitter of 0.5, 1, 2 and 4 s between them: enough for a node that restarts behind a balancer. */
const ATTEMPTS = 5;

export type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** One request after the other of the REST half. Safe to try again: reads, and publishes with message ids. */
export class Rest {
  readonly base: string;
  readonly #credentials: Credentials;
  readonly #fetch: typeof fetch;
  readonly #timeoutMs: number;

  constructor(options: TidegateOptions, credentials: Credentials) {
    const url = new URL(options.url);
    // It stands in errors and in requests' URLs, where proxies log it.
    if (url.username || url.password || url.search || url.hash) throw new TypeError('`url` is more than an address');
    this.base = url.href.replace(/\/$/, '');
    this.#credentials = credentials;
    this.#fetch = options.fetch ?? ((input, init) => fetch(input, init));
    this.#timeoutMs = options.timeoutMs ?? 10_000;
  }

  /** @throws TidegateError the last one, when none of the attempts was good */
  async call<R>(method: string, path: string, body?: unknown, query?: Query, attempts = ATTEMPTS): Promise<R> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#once<R>(method, path, body, query);
      } catch (thrown) {
        const error = asTidegateError(thrown);
        const stale = isOutlivedToken(error.code);
        if (stale) this.#credentials.forget();
        if (attempt + 1 >= attempts || !(error.retryable || (stale && attempt === 0))) throw error;
        await new Promise((done) => setTimeout(done, stale ? 0 : pauseAfter(error, attempt)));
      }
    }
  }

  async #once<R>(method: string, path: string, body: unknown, query: Query | undefined): Promise<R> {
    const response = await this.open(path, query, { method, ...(body !== undefined && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }) }, AbortSignal.timeout(this.#timeoutMs));
    // The shape is the contract's (openapi.yaml).
    return (response.status === 204 ? undefined : await response.json()) as R;
  }

  /** An answer of 2xx, its body not yet read; the credential is in `Authorization`, never in the URL. */
  async open(path: string, query: Query | undefined, init: RequestInit, signal: AbortSignal): Promise<Response> {
    const headers = { ...(init.headers as Record<string, string> | undefined), Authorization: await this.#credentials.header() };
    let response: Response;
    try {
      response = await this.#fetch(this.base + path + search(query), { ...init, headers, signal, cache: 'no-store' });
    } catch (cause) {
      throw new TidegateError(signal.aborted ? LocalCode.timeout : LocalCode.noAnswer, `no answer from ${this.base}`, { cause });
    }
    if (!response.ok) throw await problemOf(response);
    return response;
  }
}

function search(query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) parameters.append(name, String(one));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

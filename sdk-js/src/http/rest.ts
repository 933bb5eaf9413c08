import type { Credentials } from '../auth/credentials.js';
import { LocalCode, TidegateError, asTidegateError } from '../errors.js';
import { fullJitter } from '../connection/backoff.js';
import type { TidegateOptions } from '../types.js';
import { problemOf } from './problem.js';

/** With jitter of 0.5, 1, 2 and 4 s between them: enough for a node that restarts behind a balancer. */
const ATTEMPTS = 5;

export type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** One request after the other of the REST half. Safe to try again: reads, and publishes with message ids. */
export class Rest {
  readonly base: string;
  private readonly fetch: typeof fetch;
  private readonly timeoutMs: number;

  constructor(
    options: TidegateOptions,
    private readonly credentials: Credentials,
  ) {
    this.base = new URL(options.url).href.replace(/\/$/, '');
    this.fetch = options.fetch ?? ((input, init) => fetch(input, init));
    this.timeoutMs = options.timeoutMs ?? 10_000;
  }

  /** @throws TidegateError the last one, when none of the attempts was good */
  async call<R>(method: string, path: string, body?: unknown, query?: Query, attempts = ATTEMPTS): Promise<R> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.once<R>(method, path, body, query);
      } catch (thrown) {
        const error = asTidegateError(thrown);
        const stale = error.code === 40142;
        if (stale) this.credentials.forget();
        if (attempt + 1 >= attempts || !(error.retryable || (stale && attempt === 0))) throw error;
        await new Promise((done) => setTimeout(done, stale ? 0 : (error.retryAfter ?? fullJitter(attempt, Math.random()))));
      }
    }
  }

  private async once<R>(method: string, path: string, body: unknown, query: Query | undefined): Promise<R> {
    const response = await this.open(path, query, { method, ...(body !== undefined && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }) }, AbortSignal.timeout(this.timeoutMs));
    // The shape is the contract's (openapi.yaml).
    return (response.status === 204 ? undefined : await response.json()) as R;
  }

  /** An answer of 2xx, its body not yet read. */
  async open(path: string, query: Query | undefined, init: RequestInit, signal: AbortSignal): Promise<Response> {
    const given = init.headers as Record<string, string> | undefined;
    return this.fetched(path, query, { ...init, headers: { ...given, Authorization: await this.credentials.header() } }, signal);
  }

  /** Opens a stream or a poll. A page shows a ticket in the URL: no preflight precedes it, which those routes do not answer. */
  async openStream(path: string, query: Query, signal: AbortSignal): Promise<Response> {
    if (this.credentials.isKey) return this.open(path, query, {}, signal);
    const { channel } = query;
    const { ticket } = await this.call<{ ticket: string }>('POST', '/v1/tickets', channel === undefined ? {} : { channels: channel }, undefined, 1);
    return this.fetched(path, { ...query, ticket }, {}, signal);
  }

  private async fetched(path: string, query: Query | undefined, init: RequestInit, signal: AbortSignal): Promise<Response> {
    let response: Response;
    try {
      response = await this.fetch(this.base + path + search(query), { ...init, signal, cache: 'no-store' });
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

import { TidegateError } from '../errors.js';

interface Problem {
  readonly code?: number;
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly requestId?: string;
  readonly retryAfterMs?: number;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

/** A refusal as `application/problem+json` (RFC 9457) has it; also inside the answer to a batch. */
export function problem({ code, title, detail, requestId, retryAfterMs, errors }: Problem, status: number, channel?: string, retryAfter?: number): TidegateError {
  return new TidegateError(code ?? status * 100, detail ?? title ?? `HTTP ${status}`, { status, requestId, retryAfter: retryAfterMs ?? retryAfter, errors, channel });
}

/** Of any answer that is none of 2xx; one without a body of ours is a proxy's. */
export async function problemOf(response: Response): Promise<TidegateError> {
  const seconds = Number(response.headers.get('Retry-After') ?? NaN);
  let body: Problem = {};
  try {
    body = (await response.json()) as Problem;
  } catch {
    // Not ours.
  }
  return problem(body, response.status, undefined, Number.isFinite(seconds) ? seconds * 1000 : undefined);
}

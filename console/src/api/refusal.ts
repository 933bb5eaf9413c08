/** A refusal as the gateway says it: RFC 9457 with the code of a row of the error catalogue. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: number;
  detail: string;
  requestId: string;
  retryAfterMs?: number;
  errors?: { field: string; message: string }[];
}

/** Codes of the catalogue that the console acts on by itself. */
export const Code = {
  credentialMissing: 40100,
  signInWrong: 40150,
  secondFactorNeeded: 40151,
  tokenExpired: 40142,
  passwordRefused: 40014,
  notFromTheConsole: 40311,
  throttled: 42909,
} as const;

/** What any request of the console fails with. `code` is 0 when no gateway answered, or something else than one. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError';

  constructor(readonly problem: Problem) {
    super(problem.detail);
  }

  get code(): number {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }

  /** The message for a field of the request, by its JSON pointer's last step: `fieldError('name')`. */
  fieldError(name: string): string | undefined {
    return this.problem.errors?.find((error) => error.field === name || error.field.endsWith(`/${name}`))?.message;
  }
}

/** Reads the refusal out of an answer that is no success. */
export async function refusalOf(response: Response): Promise<RefusalError> {
  const requestId = response.headers.get('x-request-id') ?? '';
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  if (isProblem(body)) return new RefusalError(body);
  return new RefusalError({
    type: 'about:blank',
    title: 'Unexpected answer',
    status: response.status,
    code: 0,
    detail: `The gateway, or something in front of it, answered ${response.status} without saying why.`,
    requestId,
  });
}

/** Nobody answered: the network, or no gateway there. */
export function unreachable(cause: unknown): RefusalError {
  const error = new RefusalError({
    type: 'about:blank',
    title: 'The gateway cannot be reached',
    status: 0,
    code: 0,
    detail: 'The request got no answer. Is the gateway running, and is this machine online?',
    requestId: '',
    retryAfterMs: 2000,
  });
  error.cause = cause;
  return error;
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body && 'title' in body;
}

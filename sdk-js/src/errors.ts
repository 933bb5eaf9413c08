import type { ErrorFrame } from './frames.js';

/** Failures on this side of the wire; they have `status` 0. Everything else is a row of docs/errors.md. */
export const LocalCode = {
  noAnswer: 80000,
  queueFull: 80001,
  decryptionFailed: 80002,
  closed: 80003,
  timeout: 80004,
  tokenProviderFailed: 80005,
  contractBroken: 80006,
} as const;

/** What a refusal says beside its message. */
export interface TidegateErrorDetails {
  /** HTTP status, 0 when the failure is on this side. */
  readonly status?: number | undefined;
  /** By which the gateway's log finds it. */
  readonly requestId?: string | undefined;
  /** Milliseconds. */
  readonly retryAfter?: number | undefined;
  /** Each field at fault, as JSON Pointers. */
  readonly errors?: readonly { readonly field: string; readonly message: string }[] | undefined;
  readonly channel?: string | undefined;
  readonly cause?: unknown;
}

/** A refusal of the gateway, or a failure on the way to it. */
export class TidegateError extends Error {
  override readonly name = 'TidegateError';
  /** Five digits: a row of docs/errors.md, or a {@link LocalCode}. */
  readonly code: number;
  readonly status: number;
  readonly requestId: string | undefined;
  /** Milliseconds to wait before the next attempt, where the gateway said so. */
  readonly retryAfter: number | undefined;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
  readonly channel: string | undefined;

  constructor(code: number, message: string, details: TidegateErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.status = details.status ?? (code >= 80000 ? 0 : Math.floor(code / 100));
    this.requestId = details.requestId;
    this.retryAfter = details.retryAfter;
    this.errors = details.errors ?? [];
    this.channel = details.channel;
  }

  /** Where the gateway's catalogue explains it, relative to the gateway's URL; undefined for what failed on this side. */
  get docs(): string | undefined {
    return this.status === 0 ? undefined : `/docs/errors#${this.code}`;
  }

  /**
   * Whether the same request, with the same message ids, may be accepted later: nothing was heard, too fast, the node
   * at fault or its answer unknown (docs/errors.md, column "retry"); never for what has to change first.
   */
  get retryable(): boolean {
    if (this.status === 0) return this.code === LocalCode.noAnswer || this.code === LocalCode.timeout || this.code === LocalCode.tokenProviderFailed;
    return this.code !== 42904 && (this.status === 408 || this.status === 429 || this.status >= 500);
  }
}

/** Whatever was thrown, as a {@link TidegateError}. */
export function asTidegateError(thrown: unknown, code: number = LocalCode.noAnswer): TidegateError {
  if (thrown instanceof TidegateError) return thrown;
  return new TidegateError(code, thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown });
}

/** A refusal that came as a frame. */
export function refused({ code, message, retryAfterMs: retryAfter, channel }: ErrorFrame): TidegateError {
  return new TidegateError(code, message, { retryAfter, channel });
}

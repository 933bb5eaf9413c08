package io.tidegate.problem;

import org.jspecify.annotations.Nullable;

/**
 * A refusal on its way to whoever asked. The detail is shown to them: it never holds a secret, and
 * nothing of another tenant. Has no stack trace: a refusal is an answer, not a fault.
 */
@SuppressWarnings("serial")
public final class RefusedException extends RuntimeException {
  private static final long NO_ADVICE = -1;

  private final Refusal refusal;
  private final long retryAfterMillis;
  private final @Nullable String field;

  public RefusedException(Refusal refusal, String detail) {
    this(refusal, detail, NO_ADVICE, null, null);
  }

  private RefusedException(
      Refusal refusal,
      String detail,
      long retryAfterMillis,
      @Nullable String field,
      @Nullable Throwable cause) {
    super(detail, cause, false, false);
    this.refusal = refusal;
    this.retryAfterMillis = retryAfterMillis;
    this.field = field;
  }

  /** A refusal of one field of a request; {@code path} such as {@code messages[2].name}. */
  public static RefusedException ofField(Refusal refusal, String path, String detail) {
    return new RefusedException(refusal, detail, NO_ADVICE, path, null);
  }

  /** A refusal that says when to come back, in ms. */
  public static RefusedException retryAfter(Refusal refusal, String detail, long millis) {
    return new RefusedException(refusal, detail, millis, null, null);
  }

  /** A refusal whose reason is a fault of ours; the cause is logged, never shown. */
  public static RefusedException because(
      Refusal refusal, String detail, long retryAfterMillis, Throwable cause) {
    return new RefusedException(refusal, detail, retryAfterMillis, null, cause);
  }

  public Refusal refusal() {
    return refusal;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  /** When to come back, in ms; null when the catalogue's advice is all there is. */
  public @Nullable Long retryAfterMillis() {
    return retryAfterMillis == NO_ADVICE ? null : retryAfterMillis;
  }

  /** The refused field's path, when it is about one. */
  public @Nullable String field() {
    return field;
  }
}

package io.tidegate.problem;

import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A refusal on its way to whoever asked. The detail is shown to them: it never holds a secret, and
 * nothing of another tenant. Has no stack trace: a refusal is an answer, not a fault.
 */
@SuppressWarnings("serial")
public class RefusedException extends RuntimeException {
  private static final long NO_ADVICE = -1;

  private final Refusal refusal;
  private final long retryAfterMillis;
  private final List<FieldError> errors;

  /** Null: what the row says by itself. */
  private final @Nullable Reason reason;

  public RefusedException(Refusal refusal, String detail) {
    this(refusal, detail, NO_ADVICE, List.of(), null, null);
  }

  private RefusedException(
      Refusal refusal,
      String detail,
      long retryAfterMillis,
      List<FieldError> errors,
      @Nullable Throwable cause,
      @Nullable Reason reason) {
    super(detail, cause, false, false);
    this.refusal = refusal;
    this.retryAfterMillis = retryAfterMillis;
    this.errors = List.copyOf(errors);
    this.reason = reason;
  }

  /** The same refusal, for a kind that knows more of it. */
  protected RefusedException(RefusedException same) {
    this(same, same.reason);
  }

  /** The same refusal with what decided it. */
  protected RefusedException(RefusedException same, @Nullable Reason reason) {
    this(same.refusal, same.detail(), same.retryAfterMillis, same.errors, same.getCause(), reason);
  }

  /** A refusal of one field of a request; {@code path} as {@link FieldError#field} says. */
  public static RefusedException ofField(Refusal refusal, String path, String detail) {
    return ofFields(refusal, detail, List.of(new FieldError(path, detail)));
  }

  /** A refusal of several fields at once; the detail speaks of the request as a whole. */
  public static RefusedException ofFields(Refusal refusal, String detail, List<FieldError> errors) {
    return new RefusedException(refusal, detail, NO_ADVICE, errors, null, null);
  }

  /** A refusal that says when to come back, in ms. */
  public static RefusedException retryAfter(Refusal refusal, String detail, long millis) {
    return new RefusedException(refusal, detail, millis, List.of(), null, null);
  }

  /** What is answered for a failure: its own refusal when it is one, else {@code INTERNAL}. */
  public static RefusedException of(Throwable failure) {
    Throwable at = failure;
    while (at instanceof CompletionException && at.getCause() != null) {
      at = at.getCause();
    }
    return at instanceof RefusedException refused
        ? refused
        : because(Refusal.INTERNAL, "a fault of the gateway", NO_ADVICE, at);
  }

  /** A refusal whose reason is a fault of ours; the cause is logged, never shown. */
  public static RefusedException because(
      Refusal refusal, String detail, long retryAfterMillis, Throwable cause) {
    return new RefusedException(refusal, detail, retryAfterMillis, List.of(), cause, null);
  }

  /**
   * The same refusal, decided by this rule.
   *
   * @param rule as {@link Reason#rule} says
   */
  public final RefusedException by(Step step, String rule) {
    return with(reason().by(step, rule));
  }

  /** The same refusal of this operation and channel, as far as it did not say so itself. */
  public final RefusedException in(@Nullable String operation, @Nullable String channel) {
    return with(reason().in(operation, channel));
  }

  /** The same refusal, of the same kind. */
  protected RefusedException with(Reason known) {
    return new RefusedException(this, known);
  }

  public final Refusal refusal() {
    return refusal;
  }

  public final String detail() {
    return String.valueOf(getMessage());
  }

  /** What decided it; of who refused, else of the catalogue. */
  public final Reason reason() {
    return reason == null ? Reason.of(refusal) : reason;
  }

  /** Whether who refused has said what decided it. */
  public final boolean hasReason() {
    return reason != null;
  }

  /** When to come back, in ms; null when the catalogue's advice is all there is. */
  public @Nullable Long retryAfterMillis() {
    return retryAfterMillis == NO_ADVICE ? null : retryAfterMillis;
  }

  /** The refused field's path, when it is about one; the first of several. */
  public @Nullable String field() {
    return errors.isEmpty() ? null : errors.getFirst().field();
  }

  /** Each field at fault, in the order of the request; empty when it is about none. */
  public List<FieldError> errors() {
    return errors;
  }
}

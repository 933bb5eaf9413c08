package io.tidegate.sdk;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was refused or failed. A refusal of the gateway has the {@code code} of its catalogue (the
 * first three digits are the HTTP status); what failed on this side has a code of {@link Local} and
 * status 0. Messages never hold a credential.
 */
public class TidegateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final int status;
  private final @Nullable String requestId;
  private final @Nullable Duration retryAfter;
  private final @Nullable String docs;

  /** Made by the SDK; public so that tests of applications can make one too. */
  public TidegateException(
      int code,
      int status,
      String message,
      @Nullable String requestId,
      @Nullable Duration retryAfter,
      @Nullable String docs,
      @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.status = status;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
    this.docs = docs;
  }

  /** Failed on this side. */
  public static TidegateException local(Local kind, String message, @Nullable Throwable cause) {
    return new TidegateException(kind.code, 0, message, null, null, null, cause);
  }

  /** The row of the catalogue, say 42910. */
  public int code() {
    return code;
  }

  /** The HTTP status; 0 when it failed on this side. */
  public int status() {
    return status;
  }

  /** What the gateway's log and list of refusals know it by. */
  public Optional<String> requestId() {
    return Optional.ofNullable(requestId);
  }

  /** When the gateway says that it may be tried again. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** Where the row is explained, on the gateway: {@code /docs/errors#publish-rate-exceeded}. */
  public Optional<String> docs() {
    return Optional.ofNullable(docs);
  }

  /** Whether it failed on this side, for this reason. */
  public boolean is(Local kind) {
    return code == kind.code;
  }

  /** What fails on this side. The codes are the same in every SDK. */
  public enum Local {
    /** No answer came: the network, or the gateway, is away. */
    NO_ANSWER(80000),
    /** A bounded queue is full, of publishes or of what waits for an answer. Nothing was sent. */
    QUEUE_FULL(80001),
    /** A message cannot be decrypted: another key, or it was changed on its way. */
    DECRYPTION_FAILED(80002),
    /** The client was closed. */
    CLOSED(80003),
    /** It took longer than the time limit. */
    TIMEOUT(80004),
    /** The token provider failed. */
    NO_TOKEN(80005),
    /** What the gateway answered breaks its contract. */
    ODD_ANSWER(80006);

    private final int code;

    Local(int code) {
      this.code = code;
    }

    /** Five digits that the gateway's catalogue does not use. */
    public int code() {
      return code;
    }
  }
}

package io.tidegate.webhook.send;

import java.time.Duration;

/** What came of one call. */
public sealed interface Outcome {
  /** Whether the target has taken it: the only case in which it need not come again. */
  default boolean isTaken() {
    return this instanceof Answered answered && answered.status() >= 200 && answered.status() < 300;
  }

  /**
   * An answer came; of a redirect too, which is not followed.
   *
   * @param body its beginning, as it came; nothing is decompressed
   * @param cut whether the answer is longer than what is read of one
   * @param took from the look-up of the host on
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Answered(int status, byte[] body, boolean cut, Duration took) implements Outcome {}

  /**
   * Not called: no connection was opened.
   *
   * @param reason one line for the owner of the webhook
   */
  record Refused(Barrier barrier, String reason) implements Outcome {}

  /**
   * No whole answer came. What was sent may have been taken all the same, unless the fault came
   * before ({@link Fault#mayHaveArrived}).
   *
   * @param reason one line for the owner of the webhook
   * @param took from the look-up of the host on
   */
  record Failed(Fault fault, String reason, Duration took) implements Outcome {}

  /** What stood between. */
  enum Fault {
    /** The host's name has no address. */
    NO_ADDRESS(false),
    /** Nobody accepts connections there. */
    NO_CONNECTION(false),
    /** No TLS, or the certificate is not one for this host. */
    TLS(false),
    /** The 5 s are over. */
    TIMEOUT(true),
    /** The connection ended before the answer did. */
    CLOSED(true),
    /** What came is no answer of HTTP/1.1. */
    NO_HTTP(true),
    /** The gateway is going down. */
    STOPPED(true);

    private final boolean mayHaveArrived;

    Fault(boolean mayHaveArrived) {
      this.mayHaveArrived = mayHaveArrived;
    }

    public boolean mayHaveArrived() {
      return mayHaveArrived;
    }
  }
}

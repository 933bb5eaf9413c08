package io.tidegate.sdk;

/**
 * Takes what one subscription receives: one call at a time, in order, on a thread of the SDK that
 * may block. What it throws is logged, and the next one follows.
 */
@FunctionalInterface
public interface MessageListener {
  /** The next message. One that cannot be decrypted has {@link Message#error}. */
  void onMessage(Message message);

  /** Messages were missed, before the next one. Logged as a warning unless it is overridden. */
  default void onDiscontinuity(Discontinuity jump) {
    System.getLogger(MessageListener.class.getName())
        .log(System.Logger.Level.WARNING, "Messages were missed: {0}", jump);
  }

  /** The subscription ended, as the gateway refuses it; nothing follows. Logged by default. */
  default void onEnd(TidegateException reason) {
    System.getLogger(MessageListener.class.getName())
        .log(System.Logger.Level.WARNING, "A subscription ended: {0}", reason.getMessage());
  }
}

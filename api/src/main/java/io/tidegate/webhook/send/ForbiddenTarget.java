package io.tidegate.webhook.send;

/**
 * A target that is not called. The message is one line for whoever chose it; it tells no address
 * that a name has, for that may be news of somebody else's network.
 */
@SuppressWarnings("serial")
public final class ForbiddenTarget extends Exception {
  private final Barrier barrier;

  ForbiddenTarget(Barrier barrier, String message) {
    super(message, null, false, false);
    this.barrier = barrier;
  }

  public Barrier barrier() {
    return barrier;
  }

  /** The message, which is always there. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}

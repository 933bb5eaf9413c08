package io.tidegate.cluster;

/** The cluster cannot start; the message is one line that says what to do. */
@SuppressWarnings("serial")
public final class ClusterException extends RuntimeException {
  public ClusterException(String message) {
    super(message);
  }

  ClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.tidegate.sdk;

/** Where a client's connection stands. */
public enum ConnectionState {
  /** Nobody has asked for it yet. */
  INITIALIZED,
  /** A token is fetched, a socket opened or the token shown. */
  CONNECTING,
  /** Frames flow. */
  CONNECTED,
  /** Lost a moment ago; it is tried again by itself. */
  DISCONNECTED,
  /**
   * Away for two minutes; it is still tried again by itself, and subscriptions and queued publishes
   * wait. Time for an application to say so.
   */
  SUSPENDED,
  /** Closed by the application. */
  CLOSED,
  /**
   * Refused for a reason that does not go away by itself. Queued publishes have failed;
   * subscriptions wait for {@link Connection#connect}.
   */
  FAILED
}

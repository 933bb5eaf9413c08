package io.tidegate.sdk.internal.live;

/** What channels have of their client; everything under its lock. */
interface Wire {
  boolean isOpen();

  void send(String frame);

  Requests requests();

  /** Runs it under the lock, later. */
  void later(long ms, Runnable task);

  /** A subscription of the channel has ended on the wire, and the presence in it with it. */
  void unsubscribed(String channel);
}

package io.tidegate.e2e.client;

/** A subscriber, whatever it speaks. */
public interface Client extends AutoCloseable {
  /** What it got, over all its connections. */
  Frames frames();

  /** Whether it is connected, as far as it knows. */
  boolean isOpen();

  /** Breaks the line without a word. */
  void cut();

  /**
   * Opens a new connection that goes on where the last one ended.
   *
   * @throws RefusedByGateway when the gateway answers but does not let it in
   * @throws java.io.UncheckedIOException when the gateway cannot be reached
   */
  void reconnect();

  @Override
  void close();
}

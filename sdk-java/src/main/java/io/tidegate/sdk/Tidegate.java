package io.tidegate.sdk;

/**
 * A client of one app. Make one and share it; {@link #close} ends what it holds.
 *
 * <pre>{@code
 * try (Tidegate tidegate = Tidegate.builder().url("https://gateway.example").key(key).build()) {
 *   tidegate.channel("chat:room-7").publish("greeting", Map.of("text", "Hello"));
 * }
 * }</pre>
 *
 * Implemented by the SDK alone.
 */
public interface Tidegate extends AutoCloseable {
  /** What a client is made of. */
  static TidegateBuilder builder() {
    return new TidegateBuilder();
  }

  /** A channel, as it was first asked for. */
  Channel channel(String name);

  /**
   * A channel; an {@link IllegalStateException} when it was asked for with other options before.
   */
  Channel channel(String name, ChannelOptions options);

  /** The WebSocket of this client; nothing is opened before something asks for it. */
  Connection connection();

  /** Sends what waits, as long as the time limit lets it, and ends the connection. */
  @Override
  void close();
}

package io.tidegate.sdk;

import java.util.List;
import java.util.concurrent.CompletableFuture;

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

  /** A channel, with the options that were given for it, if any were. */
  Channel channel(String name);

  /**
   * A channel; an {@link IllegalStateException} when it was asked for with other options before.
   */
  Channel channel(String name, ChannelOptions options);

  /**
   * Publishes to many channels in one call. Each channel of each item is a unit of its own and has
   * a result of its own, in their order.
   */
  List<BatchResult> publish(List<BatchItem> batch);

  /** {@link #publish} without waiting. */
  CompletableFuture<List<BatchResult>> publishAsync(List<BatchItem> batch);

  /** The app's channels whose names begin so, by name. Needs {@code admin}. */
  Paged<ChannelSummary> channels(String prefix);

  /** Tokens and tickets for clients. */
  Tokens tokens();

  /** Who is connected, and an end to it. */
  Connections connections();

  /** The WebSocket of this client; nothing is opened before something asks for it. */
  Connection connection();

  /** Sends what waits, as long as the time limit lets it, and ends the connection. */
  @Override
  void close();
}

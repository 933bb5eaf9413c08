package io.tidegate.sdk;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a subscription begins, and how much of it may wait here. */
public final class SubscribeOptions {
  /**
   * Messages that may wait for the application. A second of a busy channel: enough for a pause of
   * the collector, not enough to hide an application that is too slow.
   */
  public static final int DEFAULT_BUFFER = 4_096;

  private static final SubscribeOptions LIVE = new SubscribeOptions(null, null, DEFAULT_BUFFER);

  private final @Nullable Position since;
  private final @Nullable String rewind;
  private final int buffer;

  private SubscribeOptions(@Nullable Position since, @Nullable String rewind, int buffer) {
    this.since = since;
    this.rewind = rewind;
    this.buffer = buffer;
  }

  /** From now on. */
  public static SubscribeOptions live() {
    return LIVE;
  }

  /** Behind this position: what came since, then what comes. */
  public static SubscribeOptions since(Position position) {
    return new SubscribeOptions(position, null, DEFAULT_BUFFER);
  }

  /** This many messages back, as far as the namespace allows. */
  public static SubscribeOptions rewind(int messages) {
    if (messages < 1) {
      throw new IllegalArgumentException("rewind by " + messages);
    }
    return new SubscribeOptions(null, Integer.toString(messages), DEFAULT_BUFFER);
  }

  /** This long back, in whole seconds, as far as the namespace allows. */
  public static SubscribeOptions rewind(Duration time) {
    if (time.toSeconds() < 1 || time.toSeconds() > 9_999_999) {
      throw new IllegalArgumentException("rewind by " + time);
    }
    return new SubscribeOptions(null, "\"" + time.toSeconds() + "s\"", DEFAULT_BUFFER);
  }

  /**
   * How many messages may wait for the application. When it is that far behind, the channel is left
   * and subscribed again from where this stands, once half of them are taken: nothing is lost that
   * the gateway still keeps, and what it does not is announced.
   */
  public SubscribeOptions buffer(int messages) {
    if (messages < 1) {
      throw new IllegalArgumentException("a buffer of " + messages);
    }
    return new SubscribeOptions(since, rewind, messages);
  }

  /** The position to go on from. */
  public Optional<Position> since() {
    return Optional.ofNullable(since);
  }

  /** As the protocol writes it: a number, or a text such as {@code "120s"} with its quotes. */
  public Optional<String> rewind() {
    return Optional.ofNullable(rewind);
  }

  /** Messages. */
  public int buffer() {
    return buffer;
  }
}

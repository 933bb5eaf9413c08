package io.tidegate.sdk;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A subscription to one channel, until it is closed. Implemented by the SDK alone. */
public interface Subscription extends AutoCloseable {
  /** The channel's name. */
  String channel();

  /** Done when the gateway has begun it; fails when it is refused or closed. */
  CompletableFuture<Void> ready();

  /** Of what was received last; where another one would go on with {@code since}. */
  Optional<Position> position();

  /** Ends it; a call that is running ends by itself. */
  @Override
  void close();
}

package io.tidegate.presence;

import java.time.Duration;

/** A single node's presence. */
class MemoryPresenceTest extends PresenceContract {
  private long nanos;
  private final MemoryPresence store = new MemoryPresence(() -> nanos, 1_000);

  @Override
  PresenceStore here() {
    return store;
  }

  @Override
  PresenceStore there() {
    return store;
  }

  @Override
  void pass(Duration time) {
    nanos += time.toNanos();
    store.sweep();
  }
}

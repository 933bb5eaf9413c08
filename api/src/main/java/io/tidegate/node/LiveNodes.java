package io.tidegate.node;

import jakarta.inject.Singleton;

/** How many nodes live, as the database said last. */
@Singleton
final class LiveNodes {
  private volatile int count = 1;

  /** This one among them; at least 1. */
  int count() {
    return count;
  }

  void see(int live) {
    count = Math.max(1, live);
  }
}

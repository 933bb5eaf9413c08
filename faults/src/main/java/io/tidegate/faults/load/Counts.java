package io.tidegate.faults.load;

import java.util.concurrent.atomic.AtomicInteger;

/** What a run is long enough by. */
final class Counts {
  private final AtomicInteger published = new AtomicInteger();

  void published(int messages) {
    published.addAndGet(messages);
  }

  int published() {
    return published.get();
  }
}

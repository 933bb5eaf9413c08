package io.tidegate.webhook.deliver;

import java.time.Duration;

/** Paces for tests: everything soon. */
final class Paces {
  private Paces() {}

  static Pace quick() {
    return new Pace(
        Duration.ofSeconds(3),
        Duration.ofMillis(300),
        Duration.ofMillis(50),
        Duration.ofSeconds(1),
        16,
        4,
        20,
        Duration.ofMillis(200),
        new Backoff(Duration.ofMillis(10), Duration.ofMillis(500)));
  }
}

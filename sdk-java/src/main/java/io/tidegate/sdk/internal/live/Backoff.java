package io.tidegate.sdk.internal.live;

import java.util.random.RandomGenerator;

/**
 * Full jitter: anything from nothing to 0.5 s, doubling with each failure, to 30 s
 * (docs/errors.md).
 */
final class Backoff {
  static final long FIRST_MS = 500;
  static final long MOST_MS = 30_000;

  private final RandomGenerator random;
  private int failures;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  long nextMs() {
    long most = Math.min(MOST_MS, FIRST_MS << Math.min(failures, 10));
    failures++;
    return random.nextLong(most + 1);
  }

  void reset() {
    failures = 0;
  }
}

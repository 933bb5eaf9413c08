package io.tidegate.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tidegate.channel.Capabilities;

/**
 * Makes equal capabilities of many tokens one value: connections keep their principals, and a set
 * of rights takes some 350 bytes. Any thread.
 */
final class SharedCapabilities {
  /**
   * Patterns of all that are kept: about 2 MB, 6 MB with the longest. What is asked for often stays
   * when tokens with rights of their own pass by: those share nothing, and are not kept for long.
   */
  static final int MAX_PATTERNS = 10_000;

  private final Cache<Capabilities, Capabilities> known =
      Caffeine.newBuilder()
          .maximumWeight(MAX_PATTERNS)
          .<Capabilities, Capabilities>weigher((one, same) -> 1 + one.grants().size())
          .executor(Runnable::run)
          .build();

  /** The same capabilities; the same value as before where that is known still. */
  Capabilities of(Capabilities some) {
    return known.get(some, same -> same);
  }

  /** Patterns that are kept. */
  long patterns() {
    known.cleanUp();
    return known.policy().eviction().map(bound -> bound.weightedSize().orElse(0)).orElse(0L);
  }
}

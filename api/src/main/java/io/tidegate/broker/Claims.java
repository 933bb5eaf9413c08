package io.tidegate.broker;

import java.time.Duration;
import java.util.Map;

/** Names that were claimed once. */
public interface Claims {
  /** True exactly once per name until the time is over. */
  boolean claim(String name, Duration ttl);

  /**
   * Names that were claimed elsewhere, and for how long they still are: nobody claims them here.
   */
  default void keep(Map<String, Duration> names) {
    names.forEach(this::claim);
  }
}

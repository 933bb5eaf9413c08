package io.tidegate.broker;

import java.time.Duration;

/** Names that were claimed once. */
public interface Claims {
  /** True exactly once per name until the time is over. */
  boolean claim(String name, Duration ttl);
}

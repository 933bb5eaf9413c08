package io.tidegate.broker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.tidegate.problem.RefusedException;
import java.time.Duration;

/** Names that were claimed on this node, each for a time. */
final class MemoryClaims {
  /**
   * Names claimed at a time: tickets live 60 s, so this is 16,000 a second. More are refused: to
   * forget one early would make a ticket good twice.
   */
  private static final int MAX_CLAIMS = 1_000_000;

  private final Cache<String, Duration> claims =
      Caffeine.newBuilder()
          .expireAfter(Expiry.<String, Duration>creating((name, ttl) -> ttl))
          .build();

  /**
   * @throws RefusedException OVERLOADED
   */
  boolean claim(String name, Duration ttl) {
    if (claims.estimatedSize() >= MAX_CLAIMS) {
      throw MemoryBroker.overloaded("too many tickets are in use");
    }
    return claims.asMap().putIfAbsent(name, ttl) == null;
  }
}

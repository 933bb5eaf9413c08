package io.tidegate.broker;

import io.lettuce.core.SetArgs;
import io.tidegate.redis.RedisLink;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Claims in Redis; while it is away, where it cannot be lost. For as long after that as a claim
 * lasts both have to agree. Two nodes of which only one reaches Redis may both be told yes.
 */
final class RedisClaims implements Claims {
  private static final byte[] TAKEN = RedisArguments.of(1);

  private final RedisLink link;
  private final Claims away;

  /** When Redis was last found to be away, or to be back; null when it never was. */
  private volatile @Nullable Long awayNanos;

  RedisClaims(RedisLink link, Claims away) {
    this.link = link;
    this.away = away;
    link.onReturn(this::noteAway);
  }

  @Override
  public boolean claim(String name, Duration ttl) {
    SetArgs once = SetArgs.Builder.nx().px(ttl.toMillis());
    boolean claimed;
    try {
      claimed =
          link.ask(commands -> commands.set("tg:claim:" + name, TAKEN, once))
                  .toCompletableFuture()
                  .join()
              != null;
    } catch (RuntimeException unanswered) {
      noteAway();
      return away.claim(name, ttl);
    }
    Long since = awayNanos;
    boolean lately = since != null && System.nanoTime() - since < ttl.toNanos();
    return claimed && (!lately || away.claim(name, ttl));
  }

  private void noteAway() {
    awayNanos = System.nanoTime();
  }
}

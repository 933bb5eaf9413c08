package io.tidegate.broker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.lettuce.core.SetArgs;
import io.tidegate.redis.RedisLink;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims in Redis; while it is away, where it cannot be lost. What each node has claimed shortly
 * before is kept there first, and no node claims there before all have had the time to. For as long
 * after an outage as a claim lasts both have to agree. Two nodes of which only one reaches Redis
 * may both be told yes, and a name may be claimed twice whose node dies together with Redis.
 */
final class RedisClaims implements Claims {
  /** Tickets of a minute at 1,600 a second, 10 MB; of more the oldest are forgotten. */
  private static final int MOST_RECENT = 100_000;

  /** By then every node has noticed that Redis is away (1.75 s), and kept what it has claimed. */
  private static final Duration SETTLING = Duration.ofSeconds(4);

  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final byte[] TAKEN = RedisArguments.of(1);
  private static final Logger LOG = LoggerFactory.getLogger(RedisClaims.class);

  private final RedisLink link;
  private final Claims away;
  private final LongSupplier nanoTime;

  /** Claimed in Redis by this node, until when on the scale of nanoTime. */
  private final Cache<String, Long> recent =
      Caffeine.newBuilder()
          .maximumSize(MOST_RECENT)
          .expireAfter(
              Expiry.<String, Long>creating(
                  (name, until) -> Duration.ofNanos(Math.max(1, until - nanos()))))
          .executor(Runnable::run)
          .build();

  /** When Redis was last found to be away, or to be back; null when it never was. */
  private volatile @Nullable Long awayNanos;

  /** Since when it is away; null while it is not. */
  private final AtomicReference<@Nullable Long> lostNanos = new AtomicReference<>();

  RedisClaims(RedisLink link, Claims away) {
    this(link, away, System::nanoTime);
  }

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  RedisClaims(RedisLink link, Claims away, LongSupplier nanoTime) {
    this.link = link;
    this.away = away;
    this.nanoTime = nanoTime;
    link.onLoss(this::lost);
    link.onReturn(
        () -> {
          awayNanos = nanos();
          lostNanos.set(null);
        });
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
      lost();
      settle();
      return away.claim(name, ttl);
    }
    // An error that was no outage is over without a return: what comes next is an outage of its
    // own.
    lostNanos.set(null);
    if (claimed) {
      recent.put(name, nanos() + ttl.toNanos());
    }
    Long since = awayNanos;
    boolean lately = since != null && nanos() - since < ttl.toNanos();
    return claimed && (!lately || away.claim(name, ttl));
  }

  @Override
  public void keep(Map<String, Duration> names) {
    away.keep(names);
  }

  private void lost() {
    long now = nanos();
    awayNanos = now;
    if (lostNanos.compareAndSet(null, now)) {
      Thread.ofVirtual().name("claims").start(this::keepRecent);
    }
  }

  private void keepRecent() {
    long now = nanos();
    Map<String, Duration> names = new HashMap<>();
    recent
        .asMap()
        .forEach((name, until) -> names.put(name, Duration.ofNanos(Math.max(1, until - now))));
    if (names.isEmpty()) {
      return;
    }
    try {
      away.keep(names);
    } catch (RuntimeException e) {
      LOG.warn("{} names that were claimed in Redis may be claimed again", names.size(), e);
    }
  }

  private long nanos() {
    return nanoTime.getAsLong();
  }

  /**
   * Waits while a node may still not have kept what it has claimed. In slices: a machine that
   * stands still keeps others from noticing, too, and that time does not count.
   */
  private void settle() {
    Long since = lostNanos.get();
    long left = since == null ? 0 : SETTLING.toNanos() - (nanos() - since);
    try {
      for (; left > 0; left -= SLICE_NANOS) {
        TimeUnit.NANOSECONDS.sleep(Math.min(left, SLICE_NANOS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

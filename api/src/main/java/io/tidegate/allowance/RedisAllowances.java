package io.tidegate.allowance;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tidegate.redis.RedisLink;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The allowances of nodes that are linked: each is one for all of them, kept in Redis, and lent to
 * nodes. One thread asks Redis; nobody else waits for it, but who finds nothing in hand.
 */
public final class RedisAllowances implements Allowances, AutoCloseable {
  /** A publish may wait for a durable commit as long. */
  public static final Duration PATIENCE = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(RedisAllowances.class);

  /** Drawn anew each time: nodes take turns at being the first. */
  private static final int MIN_TICK_MILLIS = 60;

  private static final int MAX_TICK_MILLIS = 140;

  private final Circle circle;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("limits").daemon().factory());

  /** A name is one bucket and one tally of this node, as long as somebody has them. */
  private final Cache<String, LeasedBucket> buckets = Caffeine.newBuilder().weakValues().build();

  private final Cache<String, LeasedTally> tallies = Caffeine.newBuilder().weakValues().build();

  /**
   * @param node names this process and no other
   * @param nodes how many live, this one among them, as last known
   */
  public RedisAllowances(RedisLink link, String node, IntSupplier nodes) {
    this(new RedisLender(link, node, () -> 0), nodes, PATIENCE, System::nanoTime);
  }

  RedisAllowances(Lender lender, IntSupplier nodes, Duration patience, LongSupplier nanos) {
    this.circle = new Circle(lender, new Courier(lender, this::hand), nodes, nanos, patience);
    next();
  }

  private void hand(Runnable task) {
    try {
      clock.execute(task);
    } catch (RejectedExecutionException closed) {
      LOG.debug("limits are not renewed any more", closed);
    }
  }

  @Override
  public Bucket bucket(String name) {
    return buckets.get(name, unknown -> new LeasedBucket("b:" + name, circle));
  }

  @Override
  public Tally tally(String name) {
    return tallies.get(name, unknown -> new LeasedTally("t:" + name, circle));
  }

  /** Buckets and tallies that have something in hand. */
  public int active() {
    return circle.courier().active();
  }

  /** Calls to Redis. */
  public long calls() {
    return circle.courier().calls();
  }

  /** Those that were not answered: what they were for was decided here. */
  public long failures() {
    return circle.courier().failures();
  }

  private void next() {
    int millis = ThreadLocalRandom.current().nextInt(MIN_TICK_MILLIS, MAX_TICK_MILLIS + 1);
    clock.schedule(this::tick, millis, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    try {
      circle.courier().tick();
    } catch (RuntimeException e) {
      LOG.error("limits were not renewed, it goes on", e);
    }
    if (!clock.isShutdown()) {
      next();
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}

package io.tidegate.session;

import io.tidegate.allowance.MemoryBucket;
import io.tidegate.allowance.Rate;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where clients come in: as many a second as the node can bring up to date, and none while it is
 * full or going down. Whoever has to go is told when to come back, each another time, so that a
 * herd comes back spread out. Any thread.
 */
public final class Entrance {
  /** The rate that advice is made from where none is set: others take as many. */
  private static final int USUAL_PER_SECOND = 500;

  /** Even a few are spread over so much: they have lost their node at the same moment. */
  private static final long MIN_SPREAD_MILLIS = 500;

  /** Longer than this nobody is told to stay away: there may be other nodes by then. */
  private static final long MAX_SPREAD_MILLIS = 120_000;

  private final @Nullable Rate rate;
  private final long nanosPerClient;
  private final MemoryBucket places;
  private final BooleanSupplier full;
  private final IntSupplier live;
  private final LongSupplier nanos;

  /** When all who were turned away could have come in, one after the other; nanoTime. */
  private final AtomicLong turnedAwayUntil;

  private volatile boolean closed;

  /**
   * @param perSecond how many may come in a second, and at once; 0: any number
   * @param full whether too much waits for those that are in
   * @param live how many are connected
   * @param nanos as {@link System#nanoTime}
   */
  Entrance(int perSecond, BooleanSupplier full, IntSupplier live, LongSupplier nanos) {
    this.rate = perSecond == 0 ? null : Rate.perSecond(perSecond);
    this.nanosPerClient =
        TimeUnit.SECONDS.toNanos(1) / (perSecond == 0 ? USUAL_PER_SECOND : perSecond);
    this.places = new MemoryBucket(nanos);
    this.full = full;
    this.live = live;
    this.nanos = nanos;
    this.turnedAwayUntil = new AtomicLong(nanos.getAsLong());
  }

  /** The node is going down: whoever comes now is sent elsewhere. */
  public void close() {
    closed = true;
  }

  /**
   * @throws RefusedException DRAINING when the node is going down, OVERLOADED when it is full
   */
  public void requireOpen() {
    if (closed) {
      throw refused(Refusal.DRAINING, "this node is going down");
    }
    if (full.getAsBoolean()) {
      throw refused(Refusal.OVERLOADED, "too much is waiting for this node's clients");
    }
  }

  /**
   * Whether a client could come in that has not shown who it is yet.
   *
   * @throws RefusedException as {@link #letIn}
   */
  public void requireRoom() {
    requireOpen();
    if (rate != null && places.left(rate) == 0) {
      throw tooFast();
    }
  }

  /**
   * Decides over a client that comes; one that is refused takes nobody's place.
   *
   * @throws RefusedException DRAINING, OVERLOADED or ACCEPT_RATE_EXCEEDED without asking; else what
   *     the decision throws
   */
  public <T> T letIn(Supplier<T> decision) {
    requireOpen();
    if (rate != null && !places.take(1, rate).granted()) {
      throw tooFast();
    }
    try {
      return decision.get();
    } catch (RefusedException refused) {
      if (rate != null) {
        places.giveBack(1);
      }
      throw refused;
    }
  }

  private RefusedException tooFast() {
    return refused(Refusal.ACCEPT_RATE_EXCEEDED, "as many clients as can be are coming in");
  }

  private RefusedException refused(Refusal refusal, String detail) {
    long now = nanos.getAsLong();
    long until = turnedAwayUntil.updateAndGet(end -> (end - now > 0 ? end : now) + nanosPerClient);
    long away = TimeUnit.NANOSECONDS.toMillis(until - now);
    return RefusedException.retryAfter(
        refusal, detail, draw(Math.max(away, spreadMillis(live.getAsInt()))));
  }

  /** The same reason with the time to come back, where it has none and coming back may help. */
  RefusedException advised(RefusedException reason) {
    Refusal refusal = reason.refusal();
    boolean helps =
        refusal.retry() == Refusal.RetryAdvice.LATER
            || refusal.retry() == Refusal.RetryAdvice.AT_ONCE;
    return helps && reason.retryAfterMillis() == null
        ? RefusedException.retryAfter(refusal, reason.detail(), adviceMillis(live.getAsInt()))
        : reason;
  }

  /** When one of so many clients that have to come back should: each is told another time. */
  public long adviceMillis(int clients) {
    return draw(spreadMillis(clients));
  }

  /** The time in which so many come in. */
  private long spreadMillis(int clients) {
    return TimeUnit.NANOSECONDS.toMillis(clients * nanosPerClient);
  }

  private static long draw(long spreadMillis) {
    long spread = Math.clamp(spreadMillis, MIN_SPREAD_MILLIS, MAX_SPREAD_MILLIS);
    return ThreadLocalRandom.current().nextLong(spread + 1);
  }
}

package io.tidegate.refusal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.f4b6a3.uuid.UuidCreator;
import io.tidegate.channel.AppId;
import io.tidegate.problem.Refusal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The refusals that this node tells, on their way into the store. Telling never waits: an app has
 * its {@link Share}, all together a queue; beyond both they are counted. {@link #flush} writes, in
 * batches; what a database does not take is tried again, while the queue fills up behind it.
 */
public final class Refusals {
  /** Of all apps, some 5 MB: 20 s of 100 apps at their rates. */
  static final int MAX_WAITING = 10_000;

  /** In one transaction: some ms of a database that is well. */
  static final int MAX_BATCH = 500;

  /** Batches of one flush: the whole queue. */
  private static final int MAX_BATCHES = MAX_WAITING / MAX_BATCH;

  /** Of one batch, at a try a second: newer ones are worth more than what nobody takes. */
  static final int MAX_TRIES = 60;

  /** Apps at a time; one that is forgotten has its burst again. */
  private static final int MAX_APPS = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private final RefusalStore store;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Cache<AppId, Share> shares =
      Caffeine.newBuilder()
          .maximumSize(MAX_APPS)
          .expireAfterAccess(Duration.ofHours(1))
          .executor(Runnable::run)
          .build();
  private final ArrayBlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(MAX_WAITING);

  private final LongAdder kept = new LongAdder();
  private final LongAdder sampled = new LongAdder();
  private final LongAdder dropped = new LongAdder();

  // What the store did not take, and how often; guarded by the monitor.
  private Batch pending = Batch.NOTHING;
  private int tries;

  private record Batch(List<Occurrence> told, List<LeftOut> leftOut) {
    static final Batch NOTHING = new Batch(List.of(), List.of());

    boolean isNothing() {
      return told.isEmpty() && leftOut.isEmpty();
    }
  }

  /**
   * @param nanos as {@link System#nanoTime}
   */
  public Refusals(RefusalStore store, InstantSource clock, LongSupplier nanos) {
    this.store = store;
    this.clock = clock;
    this.nanos = nanos;
  }

  /**
   * A refusal was told.
   *
   * @param proven whether a secret or signature of the app was shown
   * @param one makes it, if there is room
   */
  public void told(
      AppId app, Refusal refusal, boolean proven, BiFunction<UUID, Instant, Occurrence> one) {
    Share share = shares.get(app, first -> new Share(nanos));
    if (!share.take(refusal, proven)) {
      sampled.increment();
      return;
    }
    UUID id = UuidCreator.getTimeOrderedEpoch();
    if (!waiting.offer(one.apply(id, clock.instant()))) {
      share.lost();
      dropped.increment();
      return;
    }
    Share.Gap before = share.kept(id);
    if (before != null) {
      say(app, before);
    }
  }

  private void say(AppId app, Share.Gap gap) {
    // Beyond the bound a number is too low; the metric has all of them.
    waiting.offer(new LeftOut(app, gap.after(), gap.total()));
  }

  /** Writes what waits. May wait for the database; one thread at a time does. */
  public synchronized void flush() {
    shares.asMap().forEach(this::sayUntold);
    try {
      for (int i = 0; i <= MAX_BATCHES; i++) {
        if (pending.isNothing()) {
          pending = next();
        }
        if (pending.isNothing()) {
          return;
        }
        store.add(pending.told(), pending.leftOut());
        kept.add(pending.told().size());
        pending = Batch.NOTHING;
        tries = 0;
      }
    } catch (SQLException e) {
      refusedBy(e);
    }
  }

  private void refusedBy(SQLException failure) {
    if (tries++ == 0) {
      LOG.warn("refusals wait for the database: {}", failure.getMessage());
    }
    if (tries == MAX_TRIES) {
      dropped.add(pending.told().size());
      pending = Batch.NOTHING;
      tries = 0;
    }
  }

  private void sayUntold(AppId app, Share share) {
    Share.Gap gap = share.untold();
    if (gap != null) {
      say(app, gap);
    }
  }

  private Batch next() {
    List<Entry> entries = new ArrayList<>();
    waiting.drainTo(entries, MAX_BATCH);
    Batch next = new Batch(new ArrayList<>(), new ArrayList<>());
    for (Entry entry : entries) {
      switch (entry) {
        case Occurrence one -> next.told().add(one);
        case LeftOut gap -> next.leftOut().add(gap);
      }
    }
    return next;
  }

  /** Drops what is past its day. */
  public void forget() {
    try {
      store.forget();
    } catch (SQLException e) {
      LOG.warn("old refusals are dropped later: {}", e.getMessage());
    }
  }

  /** Written down. */
  public long kept() {
    return kept.sum();
  }

  /** Left out as their apps had too many. */
  public long sampled() {
    return sampled.sum();
  }

  /** Left out as the database was slow. */
  public long dropped() {
    return dropped.sum();
  }

  /** Not written yet. */
  public int waiting() {
    return waiting.size();
  }
}

package io.tidegate.webhook.standing;

import io.tidegate.webhook.standing.StandingStore.Held;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what this node holds into the store, in batches in the order of facts. What was not
 * written waits for the next time. Belongs to the flush's thread.
 */
final class Ledger {
  /** Each takes a lock in memory that all of PostgreSQL shares, besides its row's. */
  private static final int BATCH = 200;

  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

  private final Holdings holdings;
  private final Tenure tenure;
  private final StandingStore store;
  private final Pace pace;

  /** What this node holds no more, and the store has still to know. */
  private final TreeSet<Fact> leaving = new TreeSet<>();

  private final AtomicLong written = new AtomicLong();
  private final AtomicLong skipped = new AtomicLong();

  Ledger(Holdings holdings, Tenure tenure, StandingStore store, Pace pace) {
    this.holdings = holdings;
    this.tenure = tenure;
    this.store = store;
    this.pace = pace;
  }

  long written() {
    return written.get();
  }

  long skipped() {
    return skipped.get();
  }

  void skip() {
    skipped.incrementAndGet();
  }

  /** Writes what is held. False: the lease has ended. */
  boolean hold() {
    List<Fact> facts = holdings.unwritten(BATCH);
    while (!facts.isEmpty()) {
      List<Held> batch = facts.stream().map(this::held).toList();
      if (!write(batch)) {
        return false;
      }
      facts = holdings.unwritten(BATCH);
    }
    return true;
  }

  private Held held(Fact fact) {
    return new Held(fact, holdings.holding(fact), pace.linger(fact.kind()));
  }

  private boolean write(List<Held> batch) {
    try {
      return holds(batch);
    } catch (IllegalArgumentException e) {
      // The others are not to wait for ever for the one that cannot be written.
      LOG.warn("what stands here is written one by one", e);
      for (Held one : batch) {
        if (!writeOne(one)) {
          return false;
        }
      }
      return true;
    }
  }

  private boolean writeOne(Held one) {
    try {
      return holds(List.of(one));
    } catch (IllegalArgumentException e) {
      LOG.error("that {} of app {} stands is not told", one.fact().kind(), one.fact().app(), e);
      holdings.remove(one.fact());
      skip();
      return true;
    }
  }

  private boolean holds(List<Held> batch) {
    if (!store.hold(tenure.holder(), batch)) {
      tenure.lose();
      return false;
    }
    batch.forEach(one -> holdings.written(one.fact(), one.holding()));
    written.addAndGet(batch.size());
    return true;
  }

  /** It is to be released. */
  void leaves(Fact fact) {
    leaving.add(fact);
  }

  /** Writes what is held no more. */
  void release(long now) {
    try {
      while (!leaving.isEmpty()) {
        List<Fact> batch = leaving.stream().limit(BATCH).toList();
        if (!store.release(tenure.holder(), batch)) {
          tenure.lose();
          return;
        }
        batch.forEach(leaving::remove);
        batch.forEach(holdings::remove);
        written.addAndGet(batch.size());
      }
    } finally {
      // Some may have come back by the next time.
      leaving.forEach(fact -> holdings.leave(fact, now));
      leaving.clear();
    }
  }

  /** What is leaving stands for as long as it would have, though this node goes. */
  void extend(long now) {
    List<Held> all = new ArrayList<>();
    holdings.leaving(
        (fact, atNanos) -> {
          Duration left = Duration.ofNanos(atNanos - now);
          if (left.compareTo(pace.linger(fact.kind())) > 0) {
            all.add(new Held(fact, holdings.holding(fact), left));
          }
        });
    all.sort((one, other) -> one.fact().compareTo(other.fact()));
    for (int from = 0; from < all.size(); from += BATCH) {
      Collection<Held> batch = all.subList(from, Math.min(all.size(), from + BATCH));
      if (!store.hold(tenure.holder(), batch)) {
        return;
      }
    }
  }
}

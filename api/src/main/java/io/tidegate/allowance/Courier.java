package io.tidegate.allowance;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Carries wishes to the lender: at once when somebody waits, the others with each {@link #tick}.
 * One call is under way for each partition; what comes up meanwhile goes with the next, so that
 * calls become larger under load and not more.
 */
final class Courier {
  /** A script with more wishes than this would keep others from Redis for more than some 2 ms. */
  private static final int MAX_WISHES = 200;

  private final Lender lender;
  private final Executor worker;
  private final Lane[] lanes = new Lane[Lender.PARTITIONS];

  /** Those with something in hand or to tell: as many as are used within a tick, or hold places. */
  private final Set<Borrower> active = ConcurrentHashMap.newKeySet();

  private final LongAdder calls = new LongAdder();
  private final LongAdder failures = new LongAdder();

  /**
   * @param worker where wishes of those who wait are sent from
   */
  Courier(Lender lender, Executor worker) {
    this.lender = lender;
    this.worker = worker;
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = new Lane(i);
    }
  }

  /** It has something in hand or to tell: is asked with each tick. */
  void follow(Borrower borrower) {
    active.add(borrower);
  }

  /** It cannot wait for the next tick. */
  void hurry(Borrower borrower) {
    active.add(borrower);
    Lane lane = lanes[Lender.partition(borrower.name())];
    if (lane.add(borrower)) {
      worker.execute(lane::send);
    }
  }

  /** To be called some ten times a second. */
  void tick() {
    // A copy: whoever is put in again behind another one in the set's walk would be met for ever.
    for (Borrower borrower : List.copyOf(active)) {
      // Taken out first: what is used from now on comes in again by itself.
      active.remove(borrower);
      if (!borrower.rests()) {
        active.add(borrower);
        lanes[Lender.partition(borrower.name())].add(borrower);
      }
    }
    for (Lane lane : lanes) {
      lane.send();
    }
  }

  int active() {
    return active.size();
  }

  long calls() {
    return calls.sum();
  }

  long failures() {
    return failures.sum();
  }

  /** One partition; its monitor guards what waits to be asked. */
  private final class Lane {
    private final int partition;
    private final Set<Borrower> due = new LinkedHashSet<>();
    private boolean underWay;

    Lane(int partition) {
      this.partition = partition;
    }

    /** Whether somebody has to send it. */
    synchronized boolean add(Borrower borrower) {
      due.add(borrower);
      return !underWay;
    }

    void send() {
      List<Borrower> asking = new ArrayList<>();
      List<Wish> wishes = new ArrayList<>();
      synchronized (this) {
        if (underWay) {
          return;
        }
        var next = due.iterator();
        while (next.hasNext() && wishes.size() < MAX_WISHES) {
          Borrower borrower = next.next();
          next.remove();
          Wish wish = borrower.wish();
          if (wish != null) {
            asking.add(borrower);
            wishes.add(wish);
          }
        }
        underWay = !wishes.isEmpty();
      }
      if (!wishes.isEmpty()) {
        calls.increment();
        lender
            .lend(partition, wishes)
            .whenComplete((loans, failure) -> end(asking, failure == null ? loans : null));
      }
    }

    /** After a failure the next tick tries again, and not this. */
    private void end(List<Borrower> asking, @Nullable List<Loan> loans) {
      if (loans == null) {
        failures.increment();
      }
      for (int i = 0; i < asking.size(); i++) {
        if (loans == null || loans.size() != asking.size()) {
          asking.get(i).failed();
        } else {
          asking.get(i).answered(loans.get(i));
        }
      }
      boolean more;
      synchronized (this) {
        underWay = false;
        more = !due.isEmpty() && loans != null;
      }
      if (more) {
        worker.execute(this::send);
      }
    }
  }
}

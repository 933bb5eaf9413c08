package io.tidegate.limit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * This node's part of a bucket that nodes share. Tokens are spent from those in hand; more of them
 * are borrowed ahead of need, as many as were wanted lately, and what is not wanted any more goes
 * back. Only who finds none in hand though there should be some elsewhere waits for an answer.
 * While there is none to be had, the node has its even part of the rate ({@link NodeShare}). The
 * monitor guards all of it; the courier is called outside it.
 */
final class LeasedBucket implements Bucket, Borrower {
  private static final double NANOS = 1e9;

  /** Less than this much of the rate is asked for with the next tick, and not for its own sake. */
  private static final double PACE_SECONDS = 0.1;

  /** Who does not wait may be given this part of what is left elsewhere, and it is owed. */
  private static final int CREDIT_PART = 4;

  /** More than this many waiting for one bucket are refused at once. */
  private static final int MAX_WAITING = 1_000;

  private static final long NEVER_MILLIS = 3_600_000;

  private final String name;
  private final Circle circle;
  private final Demand demand = new Demand();
  private final NodeShare share = new NodeShare();
  private final Deque<Waiting<Grant>> waiting = new ArrayDeque<>();

  /** What it was asked with last; what a wish is made of. */
  private Rate rate = new Rate(1, 1);

  private long held;
  private long heldUntil;

  /** As many as others believe to be in hand; what they do not know yet is told. */
  private long toldHeld;

  /** Granted on credit. */
  private long owed;

  /** Granted while nobody answered, since it was told last. */
  private long spent;

  /** The same, in the wish that is under way, and what it comes to there. */
  private long toldSpent;

  private long toldOwed;

  /**
   * What was left elsewhere with the last answer, and when it was asked for; before it, unknown.
   */
  private double rest;

  private long restNanos;
  private boolean restKnown;

  private Wish.@Nullable Tokens asking;
  private long askedNanos;
  private boolean failed;
  private boolean followed;

  LeasedBucket(String name, Circle circle) {
    this.name = name;
    this.circle = circle;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Grant take(long many, Rate rate) {
    boolean hurry;
    Grant grant;
    synchronized (this) {
      long now = begin(many, rate);
      if (spend(many, now) || (credit(now) >= many && owe(many))) {
        grant = granted(now);
      } else {
        grant = refused(many, now);
      }
      hurry = isLow(now);
    }
    send(hurry);
    return grant;
  }

  @Override
  public long takeUpTo(long most, Rate rate) {
    boolean hurry;
    long taken;
    synchronized (this) {
      long now = begin(most, rate);
      if (rate.perSecond() == 0) {
        taken = 0;
      } else if (isAway(now)) {
        taken = Math.max(0, Math.min(most, whole(held + shareLeft(now))));
        taken = taken > 0 && spend(taken, now) ? taken : 0;
      } else {
        taken = Math.min(most, held);
        held -= taken;
        long onCredit = Math.min(most - taken, credit(now));
        owed += onCredit;
        taken += onCredit;
      }
      hurry = isLow(now);
    }
    send(hurry);
    return taken;
  }

  @Override
  public Grant ask(long many, Rate rate) {
    Waiting<Grant> one = new Waiting<>(many);
    if (ask(one, rate)) {
      return one.answer.join();
    }
    try {
      return one.answer.get(circle.patience().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      return without(one);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return without(one);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same, for who does not want to wait here. */
  CompletableFuture<Grant> asked(long many, Rate rate) {
    Waiting<Grant> one = new Waiting<>(many);
    ask(one, rate);
    return one.answer;
  }

  /** Answers at once, or lets it wait and returns false. */
  private boolean ask(Waiting<Grant> one, Rate rate) {
    boolean hurry;
    boolean done = true;
    synchronized (this) {
      long now = begin(one.many, rate);
      if (spend(one.many, now)) {
        one.answer.complete(granted(now));
        hurry = isLow(now);
      } else if (isAway(now) || !isWorthAsking(one.many, now)) {
        one.answer.complete(refused(one.many, now));
        hurry = false;
      } else {
        waiting.add(one);
        done = false;
        hurry = true;
      }
    }
    send(hurry);
    return done;
  }

  /** It has waited long enough: the node decides by itself. */
  private Grant without(Waiting<Grant> one) {
    synchronized (this) {
      if (waiting.remove(one)) {
        long now = circle.nanos().getAsLong();
        return spendShare(one.many, now) ? granted(now) : refused(one.many, now);
      }
    }
    return one.answer.join();
  }

  @Override
  public synchronized void giveBack(long many) {
    held += many;
    demand.remove(many);
  }

  @Override
  public synchronized long left(Rate rate) {
    this.rate = rate;
    long now = circle.nanos().getAsLong();
    if (rate.perSecond() == 0) {
      return 0;
    }
    double there = isAway(now) ? shareLeft(now) : elsewhere(now);
    return Math.clamp(whole(held + there), 0, rate.burst());
  }

  // What follows is called with the monitor held.

  private long begin(long many, Rate now) {
    rate = now;
    long nanos = circle.nanos().getAsLong();
    demand.add(Math.min(many, rate.burst()), nanos);
    if (held > 0 && nanos - heldUntil > 0) {
      // Others have stopped counting with it.
      held = 0;
    }
    return nanos;
  }

  private boolean spend(long many, long now) {
    if (rate.perSecond() == 0 || many > rate.burst()) {
      return false;
    }
    if (held >= many) {
      held -= many;
      return true;
    }
    return isAway(now) && spendShare(many, now);
  }

  private boolean spendShare(long many, long now) {
    int nodes = circle.nodes().getAsInt();
    share.begin(elsewhere(now), nodes, now);
    if (!share.take(many - Math.min(held, many), rate, nodes, now)) {
      return false;
    }
    spent += many - Math.min(held, many);
    held -= Math.min(held, many);
    return true;
  }

  private double shareLeft(long now) {
    int nodes = circle.nodes().getAsInt();
    share.begin(elsewhere(now), nodes, now);
    return share.left(rate, nodes, now);
  }

  /** So many may be had without asking. */
  private long credit(long now) {
    if (rate.perSecond() == 0 || isAway(now)) {
      return 0;
    }
    long owedAlready = owed + (asking == null ? 0 : asking.owed());
    return Math.max(0, whole(elsewhere(now) / CREDIT_PART) - owedAlready);
  }

  /**
   * What the lender has more of than it would have, had it lent what was spent without it. Not all
   * of that: in a long time it would have filled up again.
   */
  private long lacking(long now) {
    int nodes = circle.nodes().getAsInt();
    return Math.min(toldSpent, (long) Math.ceil(share.missing(rate, nodes, now)));
  }

  private boolean owe(long many) {
    owed += many;
    return true;
  }

  /** What is left elsewhere, as far as is known: no more than this. */
  private double elsewhere(long now) {
    if (!restKnown) {
      return rate.burst();
    }
    return Math.min(rate.burst(), rest + (now - restNanos) / NANOS * rate.perSecond());
  }

  private boolean isAway(long now) {
    return failed
        || !circle.lender().isUp()
        || (asking != null && now - askedNanos > circle.patience().toNanos());
  }

  private boolean isWorthAsking(long many, long now) {
    if (rate.perSecond() == 0 || many > rate.burst() || waiting.size() >= MAX_WAITING) {
      return false;
    }
    double there = elsewhere(now);
    return held + there >= many && there >= paced();
  }

  private double paced() {
    return Math.min(rate.burst() / 2.0, rate.perSecond() * PACE_SECONDS);
  }

  /** Whether less is in hand than may be wanted before the next tick, and more is to be had. */
  private boolean isLow(long now) {
    return asking == null && !failed && held < demand.lately(now) / 4 && isWorthAsking(1, now);
  }

  private Grant granted(long now) {
    return new Grant(true, Math.clamp(whole(held + elsewhere(now)), 0, rate.burst()), 0);
  }

  private Grant refused(long many, long now) {
    boolean away = isAway(now);
    double there = held + (away ? shareLeft(now) : elsewhere(now));
    double due = away ? many : Math.max(many, held + paced());
    double perSecond = (double) rate.perSecond() / (away ? circle.nodes().getAsInt() : 1);
    long wait =
        perSecond == 0
            ? NEVER_MILLIS
            : (long) Math.clamp(Math.ceil((due - there) * 1000 / perSecond), 1, NEVER_MILLIS);
    return new Grant(false, Math.clamp(whole(there), 0, rate.burst()), wait);
  }

  private static long whole(double tokens) {
    return (long) Math.floor(tokens + 1e-6);
  }

  private void send(boolean hurry) {
    boolean comes;
    synchronized (this) {
      comes = !followed;
      followed = true;
    }
    if (hurry) {
      circle.courier().hurry(this);
    } else if (comes) {
      circle.courier().follow(this);
    }
  }

  @Override
  public synchronized Wish.@Nullable Tokens wish() {
    if (asking != null) {
      return null;
    }
    long now = circle.nanos().getAsLong();
    long need = 0;
    for (Waiting<Grant> one : waiting) {
      one.asked = true;
      need += one.many;
    }
    long wanted = demand.lately(now);
    if (held > 0 && now - heldUntil > 0) {
      held = 0;
    }
    long back = Math.max(0, held - wanted);
    boolean any = rate.perSecond() > 0 && (elsewhere(now) >= 1 || need > 0);
    long ahead = any ? Math.max(0, wanted - held - need) : 0;
    if (need + ahead + back + spent + owed + held + toldHeld == 0) {
      return null;
    }
    held -= back;
    toldSpent = spent;
    toldOwed = owed;
    spent = 0;
    owed = 0;
    asking = new Wish.Tokens(name, rate, need, ahead, held, back, toldOwed + lacking(now));
    askedNanos = now;
    return asking;
  }

  @Override
  public void answered(Loan loan) {
    List<Runnable> told = new ArrayList<>();
    boolean more;
    synchronized (this) {
      long now = circle.nanos().getAsLong();
      Wish.Tokens asked = asking;
      asking = null;
      failed = false;
      share.end();
      if (asked != null) {
        // Those who wait are served before what is ahead, and spend it at once.
        toldHeld = asked.held() + Math.max(0, loan.granted() - asked.need());
      }
      rest = loan.rest();
      restNanos = askedNanos;
      restKnown = true;
      held += loan.granted();
      heldUntil = askedNanos + Lender.TOKENS_NANOS;
      serve(now, told);
      more = !waiting.isEmpty();
    }
    told.forEach(Runnable::run);
    if (more) {
      circle.courier().hurry(this);
    }
  }

  @Override
  public void failed() {
    List<Runnable> told = new ArrayList<>();
    synchronized (this) {
      long now = circle.nanos().getAsLong();
      asking = null;
      failed = true;
      spent += toldSpent;
      owed += toldOwed;
      serve(now, told);
    }
    told.forEach(Runnable::run);
  }

  /** Those that were asked for get an answer, the others only when there is enough. */
  private void serve(long now, List<Runnable> told) {
    Iterator<Waiting<Grant>> each = waiting.iterator();
    while (each.hasNext()) {
      Waiting<Grant> one = each.next();
      boolean passes = spend(one.many, now);
      if (passes || one.asked || failed) {
        each.remove();
        Grant grant = passes ? granted(now) : refused(one.many, now);
        told.add(() -> one.answer.complete(grant));
      }
    }
  }

  @Override
  public synchronized boolean rests() {
    boolean rests =
        asking == null
            && waiting.isEmpty()
            && held + spent + owed == 0
            && toldHeld == 0
            && demand.lately(circle.nanos().getAsLong()) == 0;
    followed &= !rests;
    return rests;
  }
}

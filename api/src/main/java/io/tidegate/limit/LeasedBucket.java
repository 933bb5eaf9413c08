package io.tidegate.limit;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * This node's part of a bucket that nodes share. Tokens are spent from those in hand; more of them
 * are borrowed ahead of need, as many as were wanted lately, and what is not wanted any more goes
 * back. Only who finds none in hand though there should be some elsewhere waits for an answer.
 * While there is none to be had, the node has its even part of the rate ({@link NodeShare}). The
 * monitor guards all of it.
 */
final class LeasedBucket implements Bucket, Borrower {
  /** Less than this much of the rate is asked for with the next tick, and not for its own sake. */
  private static final double PACE_SECONDS = 0.1;

  /** Who does not wait may be given this part of what is left elsewhere, and it is owed. */
  private static final int CREDIT_PART = 4;

  private static final long NEVER_MILLIS = 3_600_000;

  private final String name;
  private final Circle circle;
  private final Errand errand;
  private final Demand demand = new Demand();
  private final Elsewhere elsewhere = new Elsewhere();
  private final NodeShare share;
  private final Waiters<Grant> waiters = new Waiters<>();

  /** What it was asked with last; what a wish is made of. */
  private Rate rate = new Rate(1, 1);

  private long held;
  private long heldUntil;

  /** As many as others believe to be in hand. */
  private long toldHeld;

  /** Granted on credit. */
  private long owed;

  /** What is being asked; null while nothing is. Of it, granted on credit. */
  private Wish.@Nullable Tokens asking;

  private long toldOwed;

  LeasedBucket(String name, Circle circle) {
    this.name = name;
    this.circle = circle;
    this.errand = new Errand(circle, this);
    this.share = new NodeShare(circle.nodes());
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
    errand.send(hurry);
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
      } else if (errand.isAway(now)) {
        long there = Math.clamp(whole(held + shareLeft(now)), 0, most);
        taken = there > 0 && spend(there, now) ? there : 0;
      } else {
        taken = Math.min(most, held);
        held -= taken;
        long onCredit = Math.min(most - taken, credit(now));
        owed += onCredit;
        taken += onCredit;
      }
      hurry = isLow(now);
    }
    errand.send(hurry);
    return taken;
  }

  @Override
  public Grant ask(long many, Rate rate) {
    Waiters.One<Grant> one = new Waiters.One<>(many);
    return ask(one, rate) ? one.answer.join() : one.await(circle.patience(), () -> without(one));
  }

  /** The same, for who does not want to wait here. */
  CompletableFuture<Grant> asked(long many, Rate rate) {
    Waiters.One<Grant> one = new Waiters.One<>(many);
    ask(one, rate);
    return one.answer;
  }

  /** Answers at once, or lets it wait and returns false. */
  private boolean ask(Waiters.One<Grant> one, Rate rate) {
    boolean hurry = false;
    boolean waits = false;
    synchronized (this) {
      long now = begin(one.many, rate);
      if (spend(one.many, now)) {
        one.answer.complete(granted(now));
        hurry = isLow(now);
      } else if (errand.isAway(now) || waiters.isFull() || !isWorthAsking(one.many, now)) {
        one.answer.complete(refused(one.many, now));
      } else {
        waiters.add(one);
        waits = true;
      }
    }
    errand.send(hurry || waits);
    return !waits;
  }

  /** It has waited long enough: the node decides by itself. */
  private Grant without(Waiters.One<Grant> one) {
    synchronized (this) {
      if (waiters.remove(one)) {
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
    return rate.perSecond() == 0 ? 0 : left(now);
  }

  // What follows is called with the monitor held.

  private long begin(long many, Rate now) {
    rate = now;
    long nanos = circle.nanos().getAsLong();
    demand.add(Math.min(many, rate.burst()), nanos);
    letGo(nanos);
    return nanos;
  }

  /** Of what others have stopped counting with. */
  private void letGo(long now) {
    if (held > 0 && now - heldUntil > 0) {
      held = 0;
    }
  }

  private boolean spend(long many, long now) {
    if (rate.perSecond() == 0 || many > rate.burst()) {
      return false;
    }
    if (held >= many) {
      held -= many;
      return true;
    }
    return errand.isAway(now) && spendShare(many, now);
  }

  private boolean spendShare(long many, long now) {
    share.begin(elsewhere.left(rate, now), now);
    long inHand = Math.min(held, many);
    if (!share.take(many - inHand, rate, now)) {
      return false;
    }
    held -= inHand;
    return true;
  }

  private double shareLeft(long now) {
    share.begin(elsewhere.left(rate, now), now);
    return share.left(rate, now);
  }

  /** So many may be had without asking. */
  private long credit(long now) {
    if (rate.perSecond() == 0 || errand.isAway(now)) {
      return 0;
    }
    long most = whole(elsewhere.left(rate, now) / CREDIT_PART);
    return Math.max(0, most - owed - (asking == null ? 0 : toldOwed));
  }

  private boolean owe(long many) {
    owed += many;
    return true;
  }

  private boolean isWorthAsking(long many, long now) {
    double there = elsewhere.left(rate, now);
    return rate.perSecond() > 0 && many <= rate.burst() && held + there >= many && there >= paced();
  }

  private double paced() {
    return Math.min(rate.burst() / 2.0, rate.perSecond() * PACE_SECONDS);
  }

  /** Whether less is in hand than may be wanted before the next tick, and more is to be had. */
  private boolean isLow(long now) {
    return asking == null
        && !errand.isFailed()
        && held < demand.lately(now) / 4
        && isWorthAsking(1, now);
  }

  private long left(long now) {
    double there = errand.isAway(now) ? shareLeft(now) : elsewhere.left(rate, now);
    return Math.clamp(whole(held + there), 0, rate.burst());
  }

  private Grant granted(long now) {
    return new Grant(true, left(now), 0);
  }

  private Grant refused(long many, long now) {
    boolean away = errand.isAway(now);
    double there = held + (away ? shareLeft(now) : elsewhere.left(rate, now));
    double due = away ? many : Math.max(many, held + paced());
    double perSecond = away ? share.perSecond(rate) : rate.perSecond();
    long wait =
        perSecond == 0
            ? NEVER_MILLIS
            : (long) Math.clamp(Math.ceil((due - there) * 1000 / perSecond), 1, NEVER_MILLIS);
    return new Grant(false, Math.clamp(whole(there), 0, rate.burst()), wait);
  }

  private static long whole(double tokens) {
    return (long) Math.floor(tokens + 1e-6);
  }

  @Override
  public synchronized Wish.@Nullable Tokens wish() {
    if (asking != null) {
      return null;
    }
    long now = circle.nanos().getAsLong();
    letGo(now);
    long need = waiters.asked();
    long wanted = demand.lately(now);
    long back = Math.max(0, held - wanted);
    boolean any = rate.perSecond() > 0 && (elsewhere.left(rate, now) >= 1 || need > 0);
    long ahead = any ? Math.max(0, wanted - held - need) : 0;
    if (need + ahead + back + owed + held + toldHeld == 0 && share.isTold()) {
      return null;
    }
    held -= back;
    toldOwed = owed;
    owed = 0;
    long all = toldOwed + (share.isTold() ? 0 : share.telling(rate, now));
    asking = new Wish.Tokens(name, rate, need, ahead, held, back, all);
    errand.begin(now);
    return asking;
  }

  @Override
  public void answered(Loan loan) {
    Runnable told;
    boolean more;
    synchronized (this) {
      if (asking != null) {
        // Those who wait are served before what is ahead, and spend it at once.
        toldHeld = asking.held() + Math.max(0, loan.granted() - asking.need());
      }
      asking = null;
      errand.end(true);
      share.end();
      elsewhere.heard(loan.rest(), errand.askedNanos());
      held += loan.granted();
      heldUntil = errand.askedNanos() + Lender.TOKENS_NANOS;
      told = serve(false);
      more = !waiters.isEmpty();
    }
    told.run();
    if (more) {
      errand.send(true);
    }
  }

  @Override
  public void failed() {
    Runnable told;
    synchronized (this) {
      asking = null;
      errand.end(false);
      share.untold();
      owed += toldOwed;
      told = serve(true);
    }
    told.run();
  }

  private Runnable serve(boolean everyone) {
    long now = circle.nanos().getAsLong();
    return waiters.serve(
        one -> spend(one.many, now) ? granted(now) : null, one -> refused(one.many, now), everyone);
  }

  @Override
  public synchronized boolean rests() {
    boolean rests =
        asking == null
            && waiters.isEmpty()
            && held + owed + toldHeld == 0
            && share.isTold()
            && demand.lately(circle.nanos().getAsLong()) == 0;
    if (rests) {
      errand.rest();
    }
    return rests;
  }
}

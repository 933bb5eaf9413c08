package io.tidegate.allowance;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A bucket that nodes share, on one of them. Tokens are spent from those in hand ({@link Purse});
 * more of them are borrowed ahead of need, as many as were wanted lately, and what is not wanted
 * any more goes back. Only who finds none in hand though there should be some elsewhere waits for
 * an answer. The monitor guards all of it.
 */
final class LeasedBucket implements Bucket, Borrower {
  private final String name;
  private final Circle circle;
  private final Errand errand;
  private final Purse purse;
  private final Demand demand = new Demand();
  private final Waiters<Grant> waiters = new Waiters<>();

  LeasedBucket(String name, Circle circle) {
    this.name = name;
    this.circle = circle;
    this.errand = new Errand(circle, this);
    this.purse = new Purse(name, circle.nodes());
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
      boolean away = errand.isAway(now);
      if (purse.spend(many, away, now) || purse.spendOnCredit(many, away, now)) {
        grant = purse.granted(away, now);
      } else {
        grant = purse.refused(many, away, now);
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
      taken = purse.spendUpTo(most, errand.isAway(now), now);
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
      boolean away = errand.isAway(now);
      if (purse.spend(one.many, away, now)) {
        one.answer.complete(purse.granted(away, now));
        hurry = isLow(now);
      } else if (away || waiters.isFull() || !purse.isWorthAsking(one.many, now)) {
        one.answer.complete(purse.refused(one.many, away, now));
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
        boolean spent = purse.spendShare(one.many, now);
        boolean away = errand.isAway(now);
        return spent ? purse.granted(away, now) : purse.refused(one.many, away, now);
      }
    }
    return one.answer.join();
  }

  @Override
  public synchronized void giveBack(long many) {
    purse.giveBack(many);
    demand.remove(many);
  }

  @Override
  public synchronized long left(Rate rate) {
    long now = circle.nanos().getAsLong();
    purse.open(rate, now);
    return purse.left(errand.isAway(now), now);
  }

  // What follows is called with the monitor held.

  private long begin(long many, Rate rate) {
    long now = circle.nanos().getAsLong();
    demand.add(Math.min(many, rate.burst()), now);
    purse.open(rate, now);
    return now;
  }

  /** Whether less is in hand than may be wanted before the next tick, and more is to be had. */
  private boolean isLow(long now) {
    return !purse.isAsking()
        && !errand.isFailed()
        && purse.held() < demand.lately(now) / 4
        && purse.isWorthAsking(1, now);
  }

  @Override
  public synchronized Wish.@Nullable Tokens wish() {
    if (purse.isAsking()) {
      return null;
    }
    long now = circle.nanos().getAsLong();
    Wish.Tokens wish = purse.wish(waiters.asked(), demand.lately(now), now);
    if (wish != null) {
      errand.begin(now);
    }
    return wish;
  }

  @Override
  public void answered(Loan loan) {
    Runnable told;
    boolean more;
    synchronized (this) {
      errand.end(true);
      purse.answered(loan, errand.askedNanos());
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
      errand.end(false);
      purse.failed();
      told = serve(true);
    }
    told.run();
  }

  private Runnable serve(boolean everyone) {
    long now = circle.nanos().getAsLong();
    boolean away = errand.isAway(now);
    return waiters.serve(
        one -> purse.spend(one.many, away, now) ? purse.granted(away, now) : null,
        one -> purse.refused(one.many, away, now),
        everyone);
  }

  @Override
  public synchronized boolean rests() {
    boolean rests =
        !purse.isAsking()
            && waiters.isEmpty()
            && purse.isEmpty()
            && demand.lately(circle.nanos().getAsLong()) == 0;
    if (rests) {
      errand.rest();
    }
    return rests;
  }
}

package io.tidegate.allowance;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * This node's part of a tally that nodes share: places, some ahead of need, so that nobody is
 * counted twice and entering waits for nothing. What is counted stays so, whatever others say; only
 * new ones are refused. While the lender is away the node has its even part of all places. The
 * monitor guards all of it.
 */
final class LeasedTally implements Tally, Borrower {
  /** So often it is said that the places here are in use still. */
  private static final long REFRESH_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Who was told that there is room comes within this, or not at all. */
  private static final long PROMISE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** For so long nobody asks again who was told that all places are taken. */
  private static final long FULL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** No more than this many places are wanted ahead of need. */
  private static final long MAX_AHEAD = 1_000;

  private final String name;
  private final Circle circle;
  private final Errand errand;
  private final Demand demand = new Demand();
  private final Waiters<Boolean> waiters = new Waiters<>();
  private long most = Long.MAX_VALUE;
  private long count;

  /**
   * Places this node may fill; never fewer than are counted here, but for those above the limit.
   */
  private long places;

  private long others;

  /** Told that there is room, and not come yet. */
  private long promised;

  private long promisedNanos;

  /** Whether what the lender knows of this node is more than nothing. */
  private boolean told;

  /** Whether somebody moved in or out that the lender does not know of yet. */
  private boolean moved;

  /** Who moved out since it was last asked: it counted them still. */
  private int movedOut;

  /** Whether the last answer left somebody without a place. */
  private boolean full;

  LeasedTally(String name, Circle circle) {
    this.name = name;
    this.circle = circle;
    this.errand = new Errand(circle, this);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean hasRoom(long most) {
    Waiters.One<Boolean> one = new Waiters.One<>(1);
    boolean waits = false;
    synchronized (this) {
      this.most = most;
      long now = circle.nanos().getAsLong();
      if (isRoomHere(now)) {
        promise(now);
        one.answer.complete(true);
      } else if (errand.isAway(now) || isFull(now) || waiters.isFull()) {
        one.answer.complete(false);
      } else {
        waiters.add(one);
        waits = true;
      }
    }
    errand.send(waits);
    return one.await(circle.patience(), () -> without(one));
  }

  /** It has waited long enough: the node decides by itself. */
  private boolean without(Waiters.One<Boolean> one) {
    synchronized (this) {
      if (waiters.remove(one)) {
        return isUnlimited() || count < evenPart();
      }
    }
    return one.answer.join();
  }

  @Override
  public boolean enter(long most) {
    boolean enters;
    boolean hurry;
    synchronized (this) {
      this.most = most;
      long now = circle.nanos().getAsLong();
      demand.add(1, now);
      enters = isUnlimited() || count < (errand.isAway(now) ? evenPart() : Math.min(most, places));
      if (enters) {
        count++;
        promised = Math.max(0, promised - 1);
      }
      hurry =
          !isUnlimited()
              && !errand.isUnderWay()
              && !errand.isFailed()
              && count + promised >= places;
    }
    errand.send(hurry);
    return enters;
  }

  @Override
  public void moveIn() {
    boolean hurry;
    synchronized (this) {
      count++;
      moved = true;
      hurry = !errand.isUnderWay() && !errand.isFailed();
    }
    errand.send(hurry);
  }

  @Override
  public void moveOut() {
    boolean hurry;
    synchronized (this) {
      count--;
      places = Math.max(count, places - 1);
      moved = true;
      movedOut++;
      hurry = !errand.isUnderWay() && !errand.isFailed();
    }
    errand.send(hurry);
  }

  @Override
  public synchronized void leave() {
    count--;
  }

  @Override
  public synchronized long count() {
    return count + others;
  }

  @Override
  public synchronized long here() {
    return count;
  }

  // What follows is called with the monitor held.

  private boolean isUnlimited() {
    return most == Long.MAX_VALUE;
  }

  private boolean isRoomHere(long now) {
    return isUnlimited()
        || count + promises(now) < (errand.isAway(now) ? evenPart() : Math.min(most, places));
  }

  /** Whether it was asked for in vain just now. */
  private boolean isFull(long now) {
    return full && now - errand.askedNanos() < FULL_NANOS;
  }

  private void promise(long now) {
    promised++;
    promisedNanos = now;
  }

  private long promises(long now) {
    if (now - promisedNanos > PROMISE_NANOS) {
      promised = 0;
    }
    return promised;
  }

  private long evenPart() {
    return most == 0 ? 0 : Math.max(1, most / circle.nodes().getAsInt());
  }

  @Override
  public synchronized Wish.@Nullable Places wish() {
    if (errand.isUnderWay()) {
      return null;
    }
    long now = circle.nanos().getAsLong();
    boolean waited = !waiters.isEmpty();
    long need = count + promises(now) + waiters.asked();
    long want = need + Math.min(MAX_AHEAD, demand.lately(now));
    boolean news =
        waited
            || moved
            || errand.isFailed()
            || (!isUnlimited() && want != places)
            || (want == 0 && told);
    if ((!news && now - errand.askedNanos() < REFRESH_NANOS) || (want == 0 && !told)) {
      return null;
    }
    moved = false;
    movedOut = 0;
    // What goes back is not filled meanwhile.
    places = Math.min(places, want);
    errand.begin(now);
    return new Wish.Places(name, most, count, need, want);
  }

  @Override
  public void answered(Loan loan) {
    Runnable answers;
    boolean more;
    synchronized (this) {
      errand.end(true);
      // Whoever came since it was asked is here.
      places = Math.max(loan.granted() - movedOut, count);
      others = (long) loan.rest();
      told = loan.granted() > 0;
      full = false;
      answers = serve(false);
      more = !waiters.isEmpty();
    }
    answers.run();
    if (more) {
      errand.send(true);
    }
  }

  @Override
  public void failed() {
    Runnable answers;
    synchronized (this) {
      errand.end(false);
      answers = serve(true);
    }
    answers.run();
  }

  private Runnable serve(boolean everyone) {
    long now = circle.nanos().getAsLong();
    return waiters.serve(
        one -> {
          boolean room = isRoomHere(now);
          if (room) {
            promise(now);
          }
          return room ? true : null;
        },
        one -> {
          full = true;
          return false;
        },
        everyone);
  }

  @Override
  public synchronized boolean rests() {
    boolean rests = !errand.isUnderWay() && waiters.isEmpty() && count == 0 && !told;
    if (rests) {
      errand.rest();
    }
    return rests;
  }
}

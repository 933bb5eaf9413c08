package io.tidegate.limit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * This node's part of a tally that nodes share: places, some ahead of need, so that nobody is
 * counted twice and entering waits for nothing. What is counted stays so, whatever others say; only
 * new ones are refused. While the lender is away the node has its even part of all places. The
 * monitor guards all of it; the courier is called outside it.
 */
final class LeasedTally implements Tally, Borrower {
  /** So often it is said that the places here are in use still. */
  private static final long REFRESH_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Who was told that there is room comes within this, or not at all. */
  private static final long PROMISE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** No more than this many places are wanted ahead of need. */
  private static final long MAX_AHEAD = 1_000;

  /** More than this many waiting for one tally are refused at once. */
  private static final int MAX_WAITING = 1_000;

  /** For so long nobody asks again who was told that all places are taken. */
  private static final long FULL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final String name;
  private final Circle circle;
  private final Demand demand = new Demand();
  private final Deque<Waiting<Boolean>> waiting = new ArrayDeque<>();
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
  private Wish.@Nullable Places asking;
  private long askedNanos;

  /** Whether what the lender knows of this node is more than nothing. */
  private boolean told;

  private boolean failed;

  /** Whether the last answer left somebody without a place. */
  private boolean full;

  private boolean followed;

  LeasedTally(String name, Circle circle) {
    this.name = name;
    this.circle = circle;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean hasRoom(long most) {
    Waiting<Boolean> one = new Waiting<>(1);
    boolean done = true;
    synchronized (this) {
      this.most = most;
      long now = circle.nanos().getAsLong();
      if (isRoomHere(now)) {
        promise(now);
        one.answer.complete(true);
      } else if (isAway(now) || isFull(now) || waiting.size() >= MAX_WAITING) {
        one.answer.complete(false);
      } else {
        waiting.add(one);
        done = false;
      }
    }
    send(!done);
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

  private boolean without(Waiting<Boolean> one) {
    synchronized (this) {
      if (waiting.remove(one)) {
        return count < evenPart() || isUnlimited();
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
      enters = count < (isAway(now) ? evenPart() : Math.min(most, places)) || isUnlimited();
      if (enters) {
        count++;
        promised = Math.max(0, promised - 1);
      }
      hurry = !isUnlimited() && asking == null && !failed && count + promised >= places;
    }
    send(hurry);
    return enters;
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
        || count + promises(now) < (isAway(now) ? evenPart() : Math.min(most, places));
  }

  /** Whether it was asked for in vain just now. */
  private boolean isFull(long now) {
    return full && now - askedNanos < FULL_NANOS;
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

  private boolean isAway(long now) {
    return failed
        || !circle.lender().isUp()
        || (asking != null && now - askedNanos > circle.patience().toNanos());
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
  public synchronized Wish.@Nullable Places wish() {
    if (asking != null) {
      return null;
    }
    long now = circle.nanos().getAsLong();
    long need = count + promises(now) + waiting.size();
    long want = need + Math.min(MAX_AHEAD, demand.lately(now));
    boolean isNews = !waiting.isEmpty() || (!isUnlimited() && want != places);
    if (!isNews && now - askedNanos < REFRESH_NANOS) {
      return null;
    }
    if (want == 0 && !told) {
      return null;
    }
    waiting.forEach(one -> one.asked = true);
    // What goes back is not filled meanwhile.
    places = Math.min(places, want);
    asking = new Wish.Places(name, most, count, need, want);
    askedNanos = now;
    return asking;
  }

  @Override
  public void answered(Loan loan) {
    List<Runnable> answers = new ArrayList<>();
    boolean more;
    synchronized (this) {
      long now = circle.nanos().getAsLong();
      asking = null;
      failed = false;
      // Whoever came since it was asked is here.
      places = Math.max(loan.granted(), count);
      others = (long) loan.rest();
      told = loan.granted() > 0;
      full = false;
      serve(now, answers);
      more = !waiting.isEmpty();
    }
    answers.forEach(Runnable::run);
    if (more) {
      circle.courier().hurry(this);
    }
  }

  @Override
  public void failed() {
    List<Runnable> answers = new ArrayList<>();
    synchronized (this) {
      asking = null;
      failed = true;
      serve(circle.nanos().getAsLong(), answers);
    }
    answers.forEach(Runnable::run);
  }

  private void serve(long now, List<Runnable> answers) {
    waiting.removeIf(
        one -> {
          boolean room = isRoomHere(now);
          if (room) {
            promise(now);
          }
          boolean ends = room || one.asked || failed;
          full |= !room && one.asked;
          if (ends) {
            answers.add(() -> one.answer.complete(room));
          }
          return ends;
        });
  }

  @Override
  public synchronized boolean rests() {
    boolean rests = asking == null && waiting.isEmpty() && count == 0 && !told;
    followed &= !rests;
    return rests;
  }
}

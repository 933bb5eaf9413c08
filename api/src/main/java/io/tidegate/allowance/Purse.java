package io.tidegate.allowance;

import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a node has of a bucket that nodes share: tokens in hand, what it owes for those it granted
 * on credit, and what it knows of the rest. A node that is {@code away} from the lender has its
 * even part of the rate in place of the rest ({@link NodeShare}). Guarded by its owner.
 */
final class Purse {
  /** Less than this much of the rate is asked for with the next tick, and not for its own sake. */
  private static final double PACE_SECONDS = 0.1;

  /** Who does not wait may be given this part of what is left elsewhere, and it is owed. */
  private static final int CREDIT_PART = 4;

  private static final long NEVER_MILLIS = 3_600_000;

  private final String name;
  private final NodeShare share;
  private final Elsewhere elsewhere = new Elsewhere();

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

  Purse(String name, IntSupplier nodes) {
    this.name = name;
    this.share = new NodeShare(nodes);
  }

  /** It is used at that rate from now on; lets go of what others have stopped counting with. */
  void open(Rate at, long now) {
    rate = at;
    letGo(now);
  }

  private void letGo(long now) {
    if (held > 0 && now - heldUntil > 0) {
      held = 0;
    }
  }

  boolean spend(long many, boolean away, long now) {
    if (rate.perSecond() == 0 || many > rate.burst()) {
      return false;
    }
    if (held >= many) {
      held -= many;
      return true;
    }
    return away && spendShare(many, now);
  }

  /** As one does who is away, whether or not anybody has noticed yet. */
  boolean spendShare(long many, long now) {
    share.begin(elsewhere.left(rate, now), now);
    long inHand = Math.min(held, many);
    if (!share.take(many - inHand, rate, now)) {
      return false;
    }
    held -= inHand;
    return true;
  }

  boolean spendOnCredit(long many, boolean away, long now) {
    if (credit(away, now) < many) {
      return false;
    }
    owed += many;
    return true;
  }

  long spendUpTo(long most, boolean away, long now) {
    if (rate.perSecond() == 0) {
      return 0;
    }
    if (away) {
      long there = Math.clamp(whole(held + shareLeft(now)), 0, most);
      return there > 0 && spend(there, true, now) ? there : 0;
    }
    long inHand = Math.min(most, held);
    held -= inHand;
    long onCredit = Math.min(most - inHand, credit(false, now));
    owed += onCredit;
    return inHand + onCredit;
  }

  void giveBack(long many) {
    held += many;
  }

  long held() {
    return held;
  }

  long left(boolean away, long now) {
    if (rate.perSecond() == 0) {
      return 0;
    }
    return Math.clamp(whole(held + rest(away, now)), 0, rate.burst());
  }

  Grant granted(boolean away, long now) {
    return new Grant(true, left(away, now), 0);
  }

  Grant refused(long many, boolean away, long now) {
    double there = held + rest(away, now);
    double due = away ? many : Math.max(many, held + paced());
    double perSecond = away ? share.perSecond(rate) : rate.perSecond();
    long wait =
        perSecond == 0
            ? NEVER_MILLIS
            : (long) Math.clamp(Math.ceil((due - there) * 1000 / perSecond), 1, NEVER_MILLIS);
    return new Grant(false, Math.clamp(whole(there), 0, rate.burst()), wait);
  }

  boolean isWorthAsking(long many, long now) {
    double there = elsewhere.left(rate, now);
    return rate.perSecond() > 0 && many <= rate.burst() && held + there >= many && there >= paced();
  }

  boolean isAsking() {
    return asking != null;
  }

  /**
   * What is to be asked now; nothing else is until {@link #answered} or {@link #failed}.
   *
   * @param need of those who wait
   * @param wanted lately
   * @return null when there is nothing to ask and nothing to tell
   */
  Wish.@Nullable Tokens wish(long need, long wanted, long now) {
    letGo(now);
    long back = Math.max(0, held - wanted);
    boolean any = rate.perSecond() > 0 && (elsewhere.left(rate, now) >= 1 || need > 0);
    long ahead = any ? Math.max(0, wanted - held - need) : 0;
    if (need + ahead + back == 0 && isEmpty()) {
      return null;
    }
    held -= back;
    toldOwed = owed;
    owed = 0;
    long all = toldOwed + (share.isTold() ? 0 : share.telling(rate, now));
    asking = new Wish.Tokens(name, rate, need, ahead, held, back, all);
    return asking;
  }

  void answered(Loan loan, long askedNanos) {
    if (asking != null) {
      // Those who wait are served before what is ahead, and spend it at once.
      toldHeld = asking.held() + Math.max(0, loan.granted() - asking.need());
    }
    asking = null;
    share.end();
    elsewhere.heard(loan.rest(), askedNanos);
    held += loan.granted();
    heldUntil = askedNanos + Lender.TOKENS_NANOS;
  }

  /** It may not have been heard: what was owed is still. */
  void failed() {
    asking = null;
    share.untold();
    owed += toldOwed;
  }

  /** Whether nothing is in hand, none is owed, and others know it. */
  boolean isEmpty() {
    return held + owed + toldHeld == 0 && share.isTold();
  }

  /** So many may be had without asking. */
  private long credit(boolean away, long now) {
    if (rate.perSecond() == 0 || away) {
      return 0;
    }
    long most = whole(elsewhere.left(rate, now) / CREDIT_PART);
    return Math.max(0, most - owed - (asking == null ? 0 : toldOwed));
  }

  private double rest(boolean away, long now) {
    return away ? shareLeft(now) : elsewhere.left(rate, now);
  }

  private double shareLeft(long now) {
    share.begin(elsewhere.left(rate, now), now);
    return share.left(rate, now);
  }

  private double paced() {
    return Math.min(rate.burst() / 2.0, rate.perSecond() * PACE_SECONDS);
  }

  private static long whole(double tokens) {
    return (long) Math.floor(tokens + 1e-6);
  }
}

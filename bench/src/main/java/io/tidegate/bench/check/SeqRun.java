package io.tidegate.bench.check;

import io.tidegate.bench.wire.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one subscription received: the check that seq runs on without a gap, a repeat or a step
 * back, and count and sum of what came. Owned by one event loop; read by others only after the loop
 * has been asked to hand it over.
 */
public final class SeqRun {
  /** Enough to see what went wrong; a broken run would otherwise fill the memory. */
  private static final int FAULTS_KEPT = 3;

  private long last = -1;
  private long count;
  private long sum;
  private long lost;
  private long repeated;
  private int faultCount;
  private final List<String> faults = new ArrayList<>(0);

  /** The run begins after {@code seq}, the position its first {@code subscribed} told. */
  public void startAfter(long seq) {
    last = seq;
  }

  /** One message. */
  public void accept(long seq, long number) {
    if (seq != last + 1) {
      outOfOrder(seq);
    }
    last = Math.max(last, seq);
    count++;
    sum += Stamp.mix(number);
  }

  /** Something that is a fault whatever the seqs say: a discontinuity, an error, an early end. */
  public void fault(String what) {
    faultCount++;
    if (faults.size() < FAULTS_KEPT) {
      faults.add(what);
    }
  }

  private void outOfOrder(long seq) {
    if (last < 0) {
      fault("message " + seq + " before subscribed");
    } else if (seq > last) {
      lost += seq - last - 1;
      fault(String.format(Locale.ROOT, "gap: %d after %d", seq, last));
    } else {
      repeated++;
      fault(String.format(Locale.ROOT, "repeat: %d after %d", seq, last));
    }
  }

  /** The last seq received: where a resume begins. */
  public long last() {
    return last;
  }

  /** Messages received, repeats included. */
  public long count() {
    return count;
  }

  /** Sum of {@link Stamp#mix} over the numbers received. */
  public long sum() {
    return sum;
  }

  /** Messages skipped by gaps. */
  public long lost() {
    return lost;
  }

  /** Messages that came again, or after a later one. */
  public long repeated() {
    return repeated;
  }

  /** How many faults there were; {@link #faults} has the first. */
  public int faultCount() {
    return faultCount;
  }

  /** The first faults, in words. */
  public List<String> faults() {
    return faults;
  }
}

package io.tidegate.problem;

import java.util.concurrent.atomic.LongAdder;

/**
 * How often this process has told a client each refusal, over whatever protocol. Kept for the
 * process, since edges refuse before there is any object of ours to ask.
 */
public final class RefusalCounts {
  private static final LongAdder[] COUNTS = new LongAdder[Refusal.values().length];

  static {
    for (int i = 0; i < COUNTS.length; i++) {
      COUNTS[i] = new LongAdder();
    }
  }

  private RefusalCounts() {}

  public static void count(Refusal refusal) {
    COUNTS[refusal.ordinal()].increment();
  }

  /** Since the start. */
  public static long of(Refusal refusal) {
    return COUNTS[refusal.ordinal()].sum();
  }
}

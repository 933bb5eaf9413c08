package io.tidegate.refusal;

import io.tidegate.allowance.MemoryBucket;
import io.tidegate.allowance.Rate;
import io.tidegate.problem.Refusal;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What one app may have kept by this node, and how much of it was not. Any thread. */
final class Share {
  /** A person can read no more; a second of a broken client fits in at once. */
  static final Rate OF_APP = new Rate(5, 200);

  /** So that one client that tries again and again hides no other refusal. */
  static final Rate OF_CODE = new Rate(2, 50);

  /** Of those who showed no secret, beside the app's own: anybody can be refused so. */
  static final Rate OF_STRANGERS = new Rate(1, 20);

  /** In a day: about 20 MB of rows. */
  static final int MAX_IN_A_DAY = 50_000;

  private static final long DAY_NANOS = TimeUnit.DAYS.toNanos(1);

  private final LongSupplier nanos;
  private final MemoryBucket all;
  private final MemoryBucket strangers;

  // The rest is guarded by the monitor.

  /** By row: as many as the catalogue has. */
  private final Map<Refusal, MemoryBucket> codes = new EnumMap<>(Refusal.class);

  private long dayNanos;
  private int inDay;

  /** The last that was kept; null before the first. */
  private @Nullable UUID last;

  /** Not kept since then, and how many of them {@link #untold} has said. */
  private long leftOut;

  private long said;

  Share(LongSupplier nanos) {
    this.nanos = nanos;
    this.all = new MemoryBucket(nanos);
    this.strangers = new MemoryBucket(nanos);
    this.dayNanos = nanos.getAsLong();
  }

  /** Takes room for one; false when it is to be left out. */
  synchronized boolean take(Refusal refusal, boolean proven) {
    long now = nanos.getAsLong();
    if (now - dayNanos >= DAY_NANOS) {
      dayNanos = now;
      inDay = 0;
    }
    boolean granted =
        inDay < MAX_IN_A_DAY
            && (proven ? takeOwn(refusal) : strangers.take(1, OF_STRANGERS).granted());
    if (granted) {
      inDay++;
    } else {
      leftOut++;
    }
    return granted;
  }

  private boolean takeOwn(Refusal refusal) {
    return codes
            .computeIfAbsent(refusal, first -> new MemoryBucket(nanos))
            .take(1, OF_CODE)
            .granted()
        && all.take(1, OF_APP).granted();
  }

  /** One is kept; returns how many were left out behind the one before, null for none untold. */
  synchronized @Nullable Gap kept(UUID id) {
    Gap gap = untold();
    last = id;
    leftOut = 0;
    said = 0;
    return gap;
  }

  /** One that had room was not kept. */
  synchronized void lost() {
    leftOut++;
  }

  /** What has not been said yet of those left out; null for nothing. */
  synchronized @Nullable Gap untold() {
    UUID after = last;
    if (after == null || leftOut == said) {
      return null;
    }
    said = leftOut;
    return new Gap(after, leftOut);
  }

  /** So many were left out behind one. */
  record Gap(UUID after, long total) {}
}

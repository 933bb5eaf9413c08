package io.tidegate.limit;

import io.tidegate.allowance.Bucket;
import io.tidegate.allowance.Grant;
import io.tidegate.allowance.MemoryBucket;
import io.tidegate.allowance.Rate;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Limit;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one connection may send: frames and bytes per second. One that sends more than twice as much
 * for seconds does not listen to refusals, and is ended. Belongs to its event loop; costs nothing
 * while neither is limited.
 */
public final class Inbound {
  /** One whole frame fits into the bucket of bytes, whatever the rate. */
  private static final long MIN_BYTES = 72 << 10;

  /** So many seconds in a row, with more refused in each than were granted, are a flood. */
  private static final int FLOOD_SECONDS = 3;

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanos;
  private @Nullable Bucket frames;
  private @Nullable Bucket bytes;

  /** When the second began that is being looked at; 0 before the first refusal. */
  private long secondNanos;

  private long granted;
  private long over;
  private int badSeconds;

  public Inbound() {
    this(System::nanoTime);
  }

  Inbound(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Whether there is anything to look at. */
  public static boolean isLimited(ClientQuota quota) {
    return quota.least(Limit.INBOUND_MESSAGES_PER_SECOND) != null
        || quota.least(Limit.INBOUND_BYTES_PER_SECOND) != null;
  }

  /**
   * A frame has come; null when it is within the rates. INBOUND_RATE_EXCEEDED refuses the frame,
   * INBOUND_FLOOD ends the connection.
   */
  public @Nullable RefusedException over(ClientQuota quota, int size) {
    Long perSecond = quota.least(Limit.INBOUND_MESSAGES_PER_SECOND);
    Long bytesPerSecond = quota.least(Limit.INBOUND_BYTES_PER_SECOND);
    if (perSecond == null && bytesPerSecond == null) {
      return null;
    }
    Grant grant = perSecond == null ? null : takeFrame(Rate.perSecond(perSecond));
    if (grant != null && !grant.granted()) {
      return refuse(
          quota, Limit.INBOUND_MESSAGES_PER_SECOND, perSecond + " frames per second", grant);
    }
    if (bytesPerSecond != null) {
      Grant room = takeBytes(size, new Rate(bytesPerSecond, Math.max(MIN_BYTES, bytesPerSecond)));
      if (!room.granted()) {
        return refuse(
            quota, Limit.INBOUND_BYTES_PER_SECOND, bytesPerSecond + " bytes per second", room);
      }
    }
    if (secondNanos != 0) {
      second();
      granted++;
    }
    return null;
  }

  private Grant takeFrame(Rate rate) {
    if (frames == null) {
      frames = new MemoryBucket(nanos);
    }
    return frames.take(1, rate);
  }

  private Grant takeBytes(int size, Rate rate) {
    if (bytes == null) {
      bytes = new MemoryBucket(nanos);
    }
    return bytes.take(size, rate);
  }

  private RefusedException refuse(ClientQuota quota, Limit limit, String what, Grant grant) {
    second();
    over++;
    String detail = "the connection may send " + what + " (" + limit.wireName() + ")";
    if (badSeconds >= FLOOD_SECONDS) {
      return quota.refuse(limit, Refusal.INBOUND_FLOOD, detail + ", and went on far above it");
    }
    return quota
        .tenant()
        .watch()
        .refuse(
            limit,
            RefusedException.retryAfter(
                Refusal.INBOUND_RATE_EXCEEDED, detail, grant.retryAfterMillis()));
  }

  /** Closes the second that is over, if one is. */
  private void second() {
    long now = nanos.getAsLong() | 1;
    if (secondNanos != 0 && now - secondNanos < SECOND_NANOS) {
      return;
    }
    boolean next = secondNanos != 0 && now - secondNanos < 2 * SECOND_NANOS;
    badSeconds = next && over > granted ? badSeconds + 1 : 0;
    secondNanos = now;
    granted = 0;
    over = 0;
  }
}

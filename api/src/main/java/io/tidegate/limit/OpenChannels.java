package io.tidegate.limit;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Limit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The channels of a tenant that has a limit of them. Kept as a set that only grows, and counted
 * anew when it is full: a channel that is used is found without asking anyone, and one that ended
 * frees its place when the place is needed. What other nodes let in they tell ({@link Openings}).
 * Holds as many names as the limit allows, or as many channels as there were when it was lowered,
 * and no more than as many again that were let in elsewhere.
 */
final class OpenChannels {
  /** A count reads the database: refusals in between rest on the last one. */
  private static final long COUNT_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A channel that was just let in may not be in any store yet: as long as a publish may take. */
  private static final long NEW_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final TenantId tenant;
  private final Census census;
  private final Watch watch;
  private final Openings openings;
  private final LongSupplier nanos;

  /** Channels, and when they were found or let in; new ones of this node under the monitor. */
  private final Map<ChannelId, Long> open = new ConcurrentHashMap<>();

  /** When they were counted, 0 for never; guarded by the monitor. */
  private long countedNanos;

  /** Let in while other nodes were not heard: each of them may have let in as many. */
  private long unheardHere;

  /** The limit when it was asked for last. */
  private volatile long limit;

  /** Whether some of what other nodes let in is not in the set. */
  private volatile boolean missed;

  OpenChannels(TenantId tenant, Census census, Watch watch, Openings openings, LongSupplier nanos) {
    this.openings = openings;
    this.tenant = tenant;
    this.census = census;
    this.watch = watch;
    this.nanos = nanos;
  }

  /**
   * @throws RefusedException CHANNEL_LIMIT_REACHED unless the channel is open, or may be
   */
  void require(ChannelId channel, long most) {
    limit = most;
    boolean isOpen = enter(channel, most);
    watch.used(tenant, Limit.CHANNELS, isOpen ? open.size() : most, most);
    if (!isOpen) {
      throw watch.refuse(Limit.CHANNELS, full(most));
    }
  }

  /** What refuses one channel more. */
  static RefusedException full(long most) {
    return new RefusedException(
        Refusal.CHANNEL_LIMIT_REACHED,
        "the tenant may have " + most + " channels, occupied or stored (channels)");
  }

  /** Whether {@link #require} would let it in, as far as is known; it is not let in. */
  boolean wouldOpen(ChannelId channel, long most) {
    return open.containsKey(channel) || open.size() < most || census.isOpen(channel);
  }

  /** Whether the channel is open, or may be as there are fewer than {@code most}. */
  private boolean enter(ChannelId channel, long most) {
    if (open.containsKey(channel)) {
      return true;
    }
    synchronized (this) {
      if (countedNanos == 0 || open.size() >= most) {
        count(most);
      } else if (missed) {
        look(most);
      }
      if (open.containsKey(channel)) {
        return true;
      }
      if (hasRoom(most)) {
        open.put(channel, nanos.getAsLong());
        openings.tell(tenant, channel);
        return true;
      }
    }
    // A limit that was lowered cuts off nothing that is there.
    if (census.isOpen(channel)) {
      open.put(channel, nanos.getAsLong());
      return true;
    }
    return false;
  }

  /** For one more, which is counted. Nodes that are not heard have each its even part. */
  private boolean hasRoom(long most) {
    int unheard = openings.unheard();
    if (unheard == 0) {
      unheardHere = 0;
    }
    boolean hasRoom = open.size() + unheardHere * unheard < most;
    if (hasRoom && unheard > 0) {
      unheardHere++;
    }
    return hasRoom;
  }

  /** Another node has let it in. Never waits. */
  void opened(ChannelId channel) {
    if (open.size() / 2 < limit) {
      open.putIfAbsent(channel, nanos.getAsLong());
    } else {
      missed = true;
    }
  }

  /** What other nodes let in is to be looked for. Never waits. */
  void missed() {
    missed = true;
  }

  /** There is room as far as this node knows: a store that is away refuses nobody. */
  private void look(long most) {
    try {
      count(most);
    } catch (RefusedException away) {
      countedNanos = nanos.getAsLong() | 1;
      missed = true;
    }
  }

  private void count(long most) {
    long now = nanos.getAsLong() | 1;
    if (countedNanos != 0 && now - countedNanos < COUNT_NANOS) {
      return;
    }
    missed = false;
    var counted = census.channels(tenant, Math.max(most, open.size()));
    open.entrySet()
        .removeIf(one -> now - one.getValue() > NEW_NANOS && !counted.contains(one.getKey()));
    counted.forEach(one -> open.putIfAbsent(one, now - NEW_NANOS));
    countedNanos = now;
  }
}

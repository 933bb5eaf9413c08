package io.tidegate.breaker;

import io.tidegate.channel.AppId;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What this node knows of its own ignorance. When it last reached a store that tells of changes,
 * PostgreSQL or Redis: without one for too long nobody here can say whether a credential is still
 * good, so what is known counts no more. And which apps it has been told have changed, though it
 * could not read how.
 */
public final class Contact {
  /** Long enough for a store to be restarted or failed over, short for whoever was locked out. */
  public static final Duration LONGEST_WITHOUT = Duration.ofSeconds(60);

  /** As soon as a revocation has to be in effect; half of what a change of durability takes. */
  public static final Duration LONGEST_UNREAD = Duration.ofSeconds(5);

  /** Then all apps are taken to have changed. */
  private static final int MOST_UNREAD = 1_000;

  private final LongSupplier nanoTime;
  private volatile long lastNanos;

  /** Since when; bounded by {@link #MOST_UNREAD}. */
  private final Map<AppId, Long> unread = new ConcurrentHashMap<>();

  /** Since when there are too many to say which; 0: there are not. */
  private volatile long allUnreadNanos;

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  public Contact(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.lastNanos = nanoTime.getAsLong();
  }

  /** A store has answered. */
  public void reached() {
    lastNanos = nanoTime.getAsLong();
  }

  /** Whether none has for so long that PostgreSQL must be asked before anything else is done. */
  public boolean isLost() {
    return nanoTime.getAsLong() - lastNanos > LONGEST_WITHOUT.toNanos();
  }

  /** Since a store answered. */
  public long seconds() {
    return TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - lastNanos);
  }

  /** These apps have changed, it is told; how is still to be read. */
  public void unread(Collection<AppId> apps) {
    long now = nanoTime.getAsLong() | 1;
    apps.forEach(app -> unread.putIfAbsent(app, now));
    if (unread.size() >= MOST_UNREAD && allUnreadNanos == 0) {
      allUnreadNanos = now;
    }
  }

  /** All that was told by the time that reading began is read. */
  public void read() {
    unread.clear();
    allUnreadNanos = 0;
  }

  /** How many have changed and are still to be read. */
  public int unreadApps() {
    return unread.size();
  }

  /** Whether what has changed of the app could not be read for too long. */
  public boolean isLate(AppId app) {
    long all = allUnreadNanos;
    Long since = all != 0 ? Long.valueOf(all) : unread.get(app);
    return since != null && nanoTime.getAsLong() - since > LONGEST_UNREAD.toNanos();
  }
}

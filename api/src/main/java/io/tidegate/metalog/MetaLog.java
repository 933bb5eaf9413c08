package io.tidegate.metalog;

import io.tidegate.channel.AppId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where parts tell what happens. While nobody listens that costs one read; while somebody does,
 * what is beyond the rate is counted and nothing is made of it. Telling never waits; {@link #flush}
 * writes.
 */
public final class MetaLog {
  /**
   * For so long after the last listener has gone it is told on: a poll, an event stream or a socket
   * that comes again finds in the window what happened meanwhile.
   */
  static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final Logger LOG = LoggerFactory.getLogger(MetaLog.class);

  private final LongSupplier nanos;
  private final Predicate<AppId> previews;
  private final LongAdder made = new LongAdder();
  private final LongAdder skipped = new LongAdder();

  /** By app, as many as have listeners; replaced as a whole, under the monitor. */
  private volatile Map<AppId, Audience> audiences = Map.of();

  // All of these are guarded by the monitor.

  /** How many listen here. */
  private final Map<AppId, Integer> here = new HashMap<>();

  /** When those whose last listener has left are forgotten. */
  private final Map<AppId, Long> left = new HashMap<>();

  /** Which apps are listened to anywhere. */
  private Set<AppId> elsewhere = Set.of();

  /** Of which nobody is shown what clients publish. */
  public MetaLog(LongSupplier nanos) {
    this(nanos, app -> false);
  }

  /**
   * @param nanos as {@link System#nanoTime}
   * @param previews whether an app lets those who read its log see what is published; may wait
   */
  public MetaLog(LongSupplier nanos, Predicate<AppId> previews) {
    this.nanos = nanos;
    this.previews = previews;
  }

  /** Whether anybody listens to any app: ask before making what is to be told. */
  public boolean isHeard() {
    return !audiences.isEmpty();
  }

  /**
   * Whether one event more of the app is to be made: somebody listens to it, and it is within the
   * rate, of which it takes; beyond that it is counted. Who is told so makes it and {@link #tell}s.
   */
  public boolean wants(AppId app) {
    Audience audience = audiences.get(app);
    if (audience == null) {
      return false;
    }
    boolean wanted = audience.wants();
    if (!wanted) {
      skipped.increment();
    }
    return wanted;
  }

  /** Whether what is told of a message may show its data: the app has not forbidden it. */
  public boolean showsData(AppId app) {
    Audience audience = audiences.get(app);
    return audience != null && audience.showsData();
  }

  /** Tells of what was {@link #wants wanted}. */
  public void tell(AppId app, LogEvent event) {
    Audience audience = audiences.get(app);
    if (audience != null) {
      (audience.tell(event) ? made : skipped).increment();
    }
  }

  /** Somebody listens from now on; {@link #unlisten} follows. */
  public synchronized void listen(AppId app) {
    here.merge(app, 1, Integer::sum);
    left.remove(app);
    settle();
  }

  public synchronized void unlisten(AppId app) {
    if (here.computeIfPresent(app, (id, many) -> many == 1 ? null : many - 1) == null) {
      left.put(app, nanos.getAsLong() + LINGER_NANOS);
    }
    settle();
  }

  /** These are listened to on some node, this one perhaps among them. */
  public synchronized void elsewhere(Set<AppId> apps) {
    if (!apps.equals(elsewhere)) {
      elsewhere = Set.copyOf(apps);
      settle();
    }
  }

  /** The apps with listeners here, or with some a moment ago. */
  synchronized Set<AppId> listened() {
    forgetLeft();
    Set<AppId> apps = new HashSet<>(here.keySet());
    apps.addAll(left.keySet());
    return apps;
  }

  private synchronized void forgetLeft() {
    long now = nanos.getAsLong();
    if (left.values().removeIf(until -> now - until >= 0)) {
      settle();
    }
  }

  /** Under the monitor. */
  private void settle() {
    Map<AppId, Audience> now = new HashMap<>();
    for (Set<AppId> apps : List.of(here.keySet(), left.keySet(), elsewhere)) {
      for (AppId app : apps) {
        Audience known = audiences.get(app);
        now.putIfAbsent(app, known == null ? new Audience(nanos) : known);
      }
    }
    audiences = Map.copyOf(now);
  }

  /** Writes what waits. May wait; by one thread, again and again while it {@link #isHeard}. */
  public void flush(LogSink sink) {
    forgetLeft();
    audiences.forEach(
        (app, audience) -> {
          audience.showData(mayShow(app));
          for (List<LogEvent> events = audience.take();
              !events.isEmpty();
              events = audience.take()) {
            try {
              sink.write(app, events);
            } catch (RuntimeException e) {
              LOG.debug("{} events of a log are lost", events.size(), e);
            }
          }
        });
  }

  /** Not while nobody can say. */
  private boolean mayShow(AppId app) {
    try {
      return previews.test(app);
    } catch (RuntimeException away) {
      LOG.debug("whether the app shows its messages is not known now", away);
      return false;
    }
  }

  /** Events made. */
  public long made() {
    return made.sum();
  }

  /** Events that were beyond the rate, and not made. */
  public long skipped() {
    return skipped.sum();
  }
}

package io.tidegate.metalog;

import io.tidegate.channel.AppId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where parts tell what happens. While nobody listens that costs one read; while somebody does,
 * what is beyond the rate is counted. Telling never waits; {@link #flush} writes.
 */
public final class MetaLog {
  private static final Logger LOG = LoggerFactory.getLogger(MetaLog.class);

  private final LongSupplier nanos;
  private final LongAdder made = new LongAdder();
  private final LongAdder skipped = new LongAdder();

  /** By app, as many as have listeners; replaced as a whole, under the monitor. */
  private volatile Map<AppId, Audience> audiences = Map.of();

  /** How many listen here, and which apps are listened to anywhere; guarded by the monitor. */
  private final Map<AppId, Integer> here = new HashMap<>();

  private Set<AppId> elsewhere = Set.of();

  /**
   * @param nanos as {@link System#nanoTime}
   */
  public MetaLog(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Whether anybody listens to any app: ask before making what is to be told. */
  public boolean isHeard() {
    return !audiences.isEmpty();
  }

  /** Tells of something, if somebody listens to the app. */
  public void tell(AppId app, Supplier<LogEvent> event) {
    Audience audience = audiences.get(app);
    if (audience != null) {
      (audience.tell(event) ? made : skipped).increment();
    }
  }

  /** Somebody listens from now on; {@link #unlisten} follows. */
  public synchronized void listen(AppId app) {
    here.merge(app, 1, Integer::sum);
    settle();
  }

  public synchronized void unlisten(AppId app) {
    here.computeIfPresent(app, (id, listeners) -> listeners == 1 ? null : listeners - 1);
    settle();
  }

  /** These are listened to on some node, this one perhaps among them. */
  public synchronized void elsewhere(Set<AppId> apps) {
    if (!apps.equals(elsewhere)) {
      elsewhere = Set.copyOf(apps);
      settle();
    }
  }

  /** The apps with listeners here. */
  synchronized Set<AppId> listened() {
    return Set.copyOf(here.keySet());
  }

  /** Under the monitor. */
  private void settle() {
    Map<AppId, Audience> now = new HashMap<>();
    for (Set<AppId> apps : List.of(here.keySet(), elsewhere)) {
      for (AppId app : apps) {
        Audience known = audiences.get(app);
        now.putIfAbsent(app, known == null ? new Audience(nanos) : known);
      }
    }
    audiences = Map.copyOf(now);
  }

  /** Writes what waits. May wait; by one thread. */
  public void flush(LogSink sink) {
    audiences.forEach(
        (app, audience) -> {
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

  /** Events made. */
  public long made() {
    return made.sum();
  }

  /** Events that were beyond the rate, and not made. */
  public long skipped() {
    return skipped.sum();
  }
}

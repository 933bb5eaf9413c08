package io.tidegate.usage;

import io.tidegate.channel.AppId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/** The counters of every app that this node has to do with. */
public final class Meters {
  /** Takes without anything counted, after which an app's counters are forgotten. */
  private static final int MAX_IDLE = 10;

  private final LongSupplier nanoTime;
  private final ConcurrentHashMap<AppId, Entry> entries = new ConcurrentHashMap<>();

  private static final class Entry {
    private final Meter meter;
    private int idle;

    Entry(Meter meter) {
      this.meter = meter;
    }
  }

  public Meters() {
    this(System::nanoTime);
  }

  Meters(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Keep it for as long as the app has a connection or channel here; else ask anew each time. */
  public Meter of(AppId app) {
    Entry known = entries.get(app);
    return known == null
        ? entries.computeIfAbsent(app, first -> new Entry(new Meter(nanoTime))).meter
        : known.meter;
  }

  /** Every app that this node has to do with now. */
  public void visit(BiConsumer<AppId, Meter> visitor) {
    entries.forEach((app, entry) -> visitor.accept(app, entry.meter));
  }

  /** What each app used since the last call, those that used nothing left out. By one thread. */
  public Map<AppId, Counts> take() {
    Map<AppId, Counts> taken = new LinkedHashMap<>();
    entries.forEach(
        (app, entry) -> {
          Counts counts = entry.meter.take();
          if (!counts.isNothing()) {
            entry.idle = 0;
            taken.put(app, counts);
          } else if (++entry.idle > MAX_IDLE) {
            entries.remove(app, entry);
          }
        });
    return taken;
  }
}

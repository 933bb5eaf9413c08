package io.tidegate.pulse;

import io.tidegate.channel.AppId;
import io.tidegate.figures.LatencyCounts;
import io.tidegate.usage.Meter;
import io.tidegate.usage.Meters;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * This node's rates, by app: what its meters have counted is looked at once a second, by one
 * thread; whoever counts notices nothing of it. The last look may be read by any.
 */
public final class Pulse {
  /** A rate is that of the last so many looks: short enough to be now, long enough to be calm. */
  private static final int RATE_LOOKS = 3;

  /** Latencies of the last minute, moved on in steps of so many looks. */
  private static final int LATENCY_LOOKS = 10;

  private static final int LATENCY_STEPS = 6;
  private static final long LOOK_NANOS = 1_000_000_000L;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final Meter.Totals NOTHING = new Meter.Totals(0, 0, 0, 0, 0, LatencyCounts.NONE);

  private final Meters meters;
  private final LongSupplier nanoTime;

  /** By app, as long as it has a meter; on the looking thread. */
  private Map<AppId, Past> pasts = new HashMap<>();

  private long looks;
  private volatile Map<AppId, Rates> now = Map.of();
  private volatile Rates sum = Rates.NONE;

  /** What was seen of one app. */
  private static final class Past {
    private final Meter.Totals[] totals = new Meter.Totals[RATE_LOOKS];
    private final long[] nanos = new long[RATE_LOOKS];
    private final LatencyCounts[] latencies = new LatencyCounts[LATENCY_STEPS];
  }

  public Pulse(Meters meters, LongSupplier nanoTime) {
    this.meters = meters;
    this.nanoTime = nanoTime;
  }

  /** Once a second. */
  public void look() {
    Map<AppId, Past> kept = new HashMap<>();
    Map<AppId, Rates> rates = new HashMap<>();
    Rates[] all = {Rates.NONE};
    meters.visit(
        (app, meter) -> {
          Past known = pasts.get(app);
          Rates one = of(known == null ? new Past() : known, meter, kept, app);
          if (!one.equals(Rates.NONE)) {
            rates.put(app, one);
            all[0] = all[0].plus(one);
          }
        });
    pasts = kept;
    looks++;
    now = rates;
    sum = all[0];
  }

  private Rates of(Past past, Meter meter, Map<AppId, Past> kept, AppId app) {
    kept.put(app, past);
    Meter.Totals totals = meter.totals();
    long at = nanoTime.getAsLong();
    int turn = (int) (looks % RATE_LOOKS);
    Meter.Totals before = past.totals[turn];
    double seconds = (at - past.nanos[turn]) / NANOS_PER_SECOND;
    if (before == null) {
      // A meter that is new has counted since the last look; before the first one nobody knows.
      before = looks == 0 ? totals : NOTHING;
      java.util.Arrays.fill(past.totals, before);
      java.util.Arrays.fill(past.nanos, at - LOOK_NANOS);
      java.util.Arrays.fill(past.latencies, before.latency());
      seconds = LOOK_NANOS / NANOS_PER_SECOND;
    }
    past.totals[turn] = totals;
    past.nanos[turn] = at;
    int step = (int) (looks / LATENCY_LOOKS % LATENCY_STEPS);
    LatencyCounts aMinuteAgo = past.latencies[(step + 1) % LATENCY_STEPS];
    past.latencies[step] = totals.latency();
    return new Rates(
        meter.connections(),
        meter.channels(),
        rate(totals.publishes() - before.publishes(), seconds),
        rate(totals.deliveries() - before.deliveries(), seconds),
        rate(totals.bytesIn() - before.bytesIn(), seconds),
        rate(totals.bytesOut() - before.bytesOut(), seconds),
        rate(totals.refusals() - before.refusals(), seconds),
        totals.latency().since(aMinuteAgo));
  }

  /** To a hundredth: nobody can tell more of some seconds. */
  private static double rate(long count, double seconds) {
    return seconds <= 0 ? 0 : Math.round(100 * count / seconds) / 100.0;
  }

  /** Of every app that does anything here; as it was at the last look. */
  public Map<AppId, Rates> byApp() {
    return now;
  }

  public Rates of(AppId app) {
    return now.getOrDefault(app, Rates.NONE);
  }

  /** Of all apps together. */
  public Rates all() {
    return sum;
  }
}

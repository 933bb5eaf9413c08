package io.tidegate.bench.scenario;

import io.tidegate.bench.gateway.ServerProcess;
import io.tidegate.bench.report.Figures;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What a gateway holds, sampled over a run: it may breathe, not grow. The median of the last third
 * is held against that of the first; beside it the drift is told, the median of the slopes between
 * any two samples (Theil and Sen), which a few odd ones do not move.
 */
final class Growth {
  /** The last third may be so much above the first... */
  static final double TOLERANCE = 0.05;

  private static final int PARTS = 3;
  private static final double SECONDS_PER_HOUR = 3_600;

  private static final long UNTRACKED = -1;

  /** What is sampled, and by how much it may differ whatever it is: noise of a small gateway. */
  enum Holding {
    LIVE_HEAP("live heap", "MB", 1e6, 3, server -> server.liveHeapBytes()),
    RESIDENT("resident memory", "MB", 1e6, 16, server -> server.residentBytes()),
    DIRECT(
        "buffers outside the heap", "MB", 1e6, 4, server -> server.directBytes().orElse(UNTRACKED)),
    DESCRIPTORS("open files and sockets", "", 1, 8, server -> server.descriptors()),
    THREADS("threads", "", 1, 4, server -> server.threads());

    final String title;
    final String unit;
    final double scale;

    /** ...and so many units more. */
    final double slack;

    private final ToDoubleFunction<ServerProcess> reading;

    Holding(
        String title,
        String unit,
        double scale,
        double slack,
        ToDoubleFunction<ServerProcess> reading) {
      this.title = title;
      this.unit = unit;
      this.scale = scale;
      this.slack = slack;
      this.reading = reading;
    }

    double read(ServerProcess server) {
      return reading.applyAsDouble(server) / scale;
    }
  }

  private final Map<Holding, List<Double>> samples = new EnumMap<>(Holding.class);

  Growth() {
    for (Holding holding : Holding.values()) {
      samples.put(holding, new ArrayList<>());
    }
  }

  /** Takes one sample of each, after a collection. */
  void sample(ServerProcess server) {
    server.shrink();
    for (Holding holding : Holding.values()) {
      double value = holding.read(server);
      if (value >= 0) {
        add(holding, value);
      }
    }
  }

  void add(Holding holding, double value) {
    samples.getOrDefault(holding, List.of()).add(value);
  }

  /** How many samples of each were taken. */
  int count() {
    return samples.getOrDefault(Holding.THREADS, List.of()).size();
  }

  /**
   * The figures of every sample, and a fault for whatever grew.
   *
   * @param every seconds between two samples
   */
  void tell(Figures figures, Verdict verdict, long every) {
    samples.values().removeIf(List::isEmpty);
    if (count() < PARTS) {
      verdict.fault("too short to sample three times");
      return;
    }
    samples.forEach(
        (holding, values) -> {
          values.forEach(value -> figures.add("held", holding.title, holding.unit, value));
          double drift = drift(values) * SECONDS_PER_HOUR / every;
          figures.add("drift in an hour", holding.title, holding.unit, drift);
          int third = values.size() / PARTS;
          double first = median(values.subList(0, third));
          double last = median(values.subList(values.size() - third, values.size()));
          if (last > first * (1 + TOLERANCE) + holding.slack) {
            verdict.fault(
                String.format(
                    Locale.ROOT,
                    "%s grew from %.1f to %.1f %s",
                    holding.title,
                    first,
                    last,
                    holding.unit));
          }
        });
  }

  /** From one sample to the next. */
  private static double drift(List<Double> values) {
    List<Double> slopes = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      for (int j = i + 1; j < values.size(); j++) {
        slopes.add((values.get(j) - values.get(i)) / (j - i));
      }
    }
    return median(slopes);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}

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
 * What a gateway holds, sampled over a run: it may breathe, not grow. The median of the second half
 * is held against that of the first.
 */
final class Growth {
  /** The second half may be so much above the first... */
  static final double TOLERANCE = 0.10;

  private static final long UNTRACKED = -1;

  /** What is sampled, and by how much it may differ whatever it is: noise of a small gateway. */
  enum Holding {
    LIVE_HEAP("live heap", "MB", 1e6, 8, server -> server.liveHeapBytes()),
    RESIDENT("resident memory", "MB", 1e6, 24, server -> server.residentBytes()),
    DIRECT(
        "buffers outside the heap", "MB", 1e6, 8, server -> server.directBytes().orElse(UNTRACKED)),
    DESCRIPTORS("open files and sockets", "", 1, 16, server -> server.descriptors()),
    THREADS("threads", "", 1, 8, server -> server.threads());

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

  /** The figures of every sample, and a fault for whatever grew. */
  void tell(Figures figures, Verdict verdict) {
    samples.values().removeIf(List::isEmpty);
    if (count() < 2) {
      throw new IllegalStateException("too short to sample twice");
    }
    samples.forEach(
        (holding, values) -> {
          values.forEach(value -> figures.add("held", holding.title, holding.unit, value));
          int half = values.size() / 2;
          double first = median(values.subList(0, half));
          double second = median(values.subList(half, values.size()));
          if (second > first * (1 + TOLERANCE) + holding.slack) {
            verdict.fault(
                String.format(
                    Locale.ROOT,
                    "%s grew from %.1f to %.1f %s",
                    holding.title,
                    first,
                    second,
                    holding.unit));
          }
        });
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}

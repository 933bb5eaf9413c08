package io.tidegate.management;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.tidegate.figures.Buckets;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * Figures that the parts keep in plain fields, as meters: read at scrape. Labels are bounded: none
 * names a tenant, an app, a channel or a client.
 */
@Singleton
final class Meters {
  private final PrometheusMeterRegistry registry;

  /** Meters hold what they read weakly; as many as there are registrations in this package. */
  private final Queue<Reading> readings = new ConcurrentLinkedQueue<>();

  Meters(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  /** Reads one figure. */
  interface Reading {
    long read();
  }

  void gauge(String name, String text, Reading reading, String... tags) {
    readings.add(reading);
    Gauge.builder(name, reading, from -> from.read())
        .description(text)
        .tags(Tags.of(tags))
        .register(registry);
  }

  void counter(String name, String text, Reading reading, String... tags) {
    readings.add(reading);
    FunctionCounter.builder(name, reading, from -> from.read())
        .description(text)
        .tags(Tags.of(tags))
        .register(registry);
  }

  /**
   * @param name as Prometheus writes it, without {@code _bucket}
   * @param unit what is recorded, divided by this, is what is shown: 1e9 makes seconds of ns
   * @param parts their sum is shown; at least one, all with the same bounds
   */
  void histogram(String name, String text, double unit, Supplier<? extends List<Buckets>> parts) {
    registry.getPrometheusRegistry().register(new Histogram(name, text, unit, parts));
  }

  private record Histogram(
      String name, String text, double unit, Supplier<? extends List<Buckets>> parts)
      implements Collector {
    @Override
    public String getPrometheusName() {
      return name;
    }

    @Override
    public MetricSnapshot collect() {
      return HistogramSnapshot.builder().name(name).help(text).dataPoint(sum(parts.get())).build();
    }

    private HistogramDataPointSnapshot sum(List<Buckets> all) {
      long[] bounds = all.getFirst().bounds();
      long[] counts = new long[bounds.length + 1];
      double sum = 0;
      for (Buckets part : all) {
        long[] more = part.counts();
        for (int i = 0; i < counts.length; i++) {
          counts[i] += more[i];
        }
        sum += part.sum();
      }
      double[] upper = new double[counts.length];
      for (int i = 0; i < bounds.length; i++) {
        upper[i] = bounds[i] / unit;
      }
      upper[bounds.length] = Double.POSITIVE_INFINITY;
      return HistogramDataPointSnapshot.builder()
          .classicHistogramBuckets(ClassicHistogramBuckets.of(upper, counts))
          .sum(sum / unit)
          .build();
    }
  }
}

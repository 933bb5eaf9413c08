package io.tidegate.pulse;

import io.tidegate.figures.LatencyCounts;
import java.util.HashMap;
import java.util.Map;

/**
 * What an app, or a node, does now.
 *
 * @param publishes messages accepted a second, and so on; as in {@link io.tidegate.usage.Counts}
 * @param latency of the last minute
 */
public record Rates(
    long connections,
    long channels,
    double publishes,
    double deliveries,
    double bytesIn,
    double bytesOut,
    double refusals,
    LatencyCounts latency) {
  public static final Rates NONE = new Rates(0, 0, 0, 0, 0, 0, 0, LatencyCounts.NONE);

  private static final int NUMBERS = 7;

  public Rates plus(Rates other) {
    return new Rates(
        connections + other.connections,
        channels + other.channels,
        publishes + other.publishes,
        deliveries + other.deliveries,
        bytesIn + other.bytesIn,
        bytesOut + other.bytesOut,
        refusals + other.refusals,
        latency.plus(other.latency));
  }

  /** What other nodes are told: numbers, then classes of latency with their counts. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append(connections).append(' ').append(channels);
    for (double rate : new double[] {publishes, deliveries, bytesIn, bytesOut, refusals}) {
      text.append(' ').append(rate);
    }
    latency.byClass().forEach((at, count) -> text.append(' ').append(at).append(':').append(count));
    return text.toString();
  }

  /**
   * @throws RuntimeException when it is not what {@link #text} makes, by another version perhaps
   */
  static Rates parse(String text) {
    String[] parts = text.split(" ", -1);
    Map<Integer, Long> byClass = new HashMap<>();
    for (int i = NUMBERS; i < parts.length; i++) {
      int colon = parts[i].indexOf(':');
      byClass.put(
          Integer.valueOf(parts[i].substring(0, colon)),
          Long.valueOf(parts[i].substring(colon + 1)));
    }
    return new Rates(
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]),
        Double.parseDouble(parts[2]),
        Double.parseDouble(parts[3]),
        Double.parseDouble(parts[4]),
        Double.parseDouble(parts[5]),
        Double.parseDouble(parts[6]),
        LatencyCounts.of(byClass));
  }
}

package io.tidegate.pulse;

import java.time.Instant;

/**
 * What a node does now, and what room it has.
 *
 * @param at by its own clock, for people to read
 */
public record NodePulse(Rates rates, long heapUsed, long heapMax, Instant at) {
  /** This node's, now. */
  public static NodePulse of(Pulse pulse, Instant at) {
    Runtime runtime = Runtime.getRuntime();
    return new NodePulse(
        pulse.all(), runtime.totalMemory() - runtime.freeMemory(), runtime.maxMemory(), at);
  }

  String text() {
    return heapUsed + " " + heapMax + " " + at.toEpochMilli() + " " + rates.text();
  }

  static NodePulse parse(String text) {
    String[] parts = text.split(" ", 4);
    return new NodePulse(
        Rates.parse(parts[3]),
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]),
        Instant.ofEpochMilli(Long.parseLong(parts[2])));
  }
}

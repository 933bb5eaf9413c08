package io.tidegate.usage;

import io.tidegate.figures.LatencyCounts;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was used in some time.
 *
 * @param publishes messages accepted, once however many receive them; retries of known ones not
 * @param deliveries messages times the subscriptions they were written to
 * @param bytesIn of data, name and headers of what was published
 * @param bytesOut of the messages delivered, as JSON, without the framing of the transport
 * @param connectionsPeak connections at a time, at most
 * @param connectionMillis the sum of the connections' time
 * @param channelsPeak channels with a subscription at a time, at most
 * @param membersPeak clients present in channels at a time, once in each, at most
 * @param webhooks calls made to webhooks, repeated ones too
 * @param refusals how often each code of the catalogue was answered
 * @param latency from a batch being numbered here until it was written to every client that keeps
 *     up
 */
public record Counts(
    long publishes,
    long deliveries,
    long bytesIn,
    long bytesOut,
    long connectionsPeak,
    long connectionMillis,
    long channelsPeak,
    long membersPeak,
    long webhooks,
    Map<Integer, Long> refusals,
    LatencyCounts latency) {

  /** Of which no latency is known. */
  public Counts(
      long publishes,
      long deliveries,
      long bytesIn,
      long bytesOut,
      long connectionsPeak,
      long connectionMillis,
      long channelsPeak,
      long membersPeak,
      long webhooks,
      Map<Integer, Long> refusals) {
    this(
        publishes,
        deliveries,
        bytesIn,
        bytesOut,
        connectionsPeak,
        connectionMillis,
        channelsPeak,
        membersPeak,
        webhooks,
        refusals,
        LatencyCounts.NONE);
  }

  public Counts {
    refusals = Map.copyOf(refusals);
  }

  boolean isNothing() {
    return publishes == 0
        && deliveries == 0
        && bytesIn == 0
        && connectionsPeak == 0
        && connectionMillis == 0
        && channelsPeak == 0
        && membersPeak == 0
        && webhooks == 0
        && refusals.isEmpty();
  }

  /** Of all connections together, rounded up: a connection of a second is not nothing. */
  public long connectionMinutes() {
    return Math.ceilDiv(connectionMillis, 60_000);
  }

  /** With the refusals in the order of their codes. */
  public Map<Integer, Long> sortedRefusals() {
    return new TreeMap<>(refusals);
  }
}

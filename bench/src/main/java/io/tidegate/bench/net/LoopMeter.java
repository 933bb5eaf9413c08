package io.tidegate.bench.net;

import io.tidegate.bench.wire.MessageScanner;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What the connections of one event loop counted: plain fields, touched by that loop only, handed
 * over by {@link #take} run on it.
 */
public final class LoopMeter {
  /** Three digits are finer than the clock's jitter, and small. */
  private static final int PRECISION = 3;

  /** Kinds of failure told apart; a gateway that invents new ones must not fill the memory. */
  private static final int KINDS = 50;

  /** The loop's own, for its predictions. */
  public final MessageScanner scanner = new MessageScanner();

  private long messages;
  private long bytes;
  private long accepted;
  private Histogram latency = new Histogram(PRECISION);
  private Histogram requests = new Histogram(PRECISION);
  private Map<String, Long> failures = new TreeMap<>();

  /** A message was received, so long after it was sent. */
  public void message(long nanos) {
    messages++;
    latency.recordValue(Math.max(0, nanos));
  }

  void bytes(long count) {
    bytes += count;
  }

  /** A request was answered, which acknowledged so many messages. */
  public void request(long nanos, int messagesAccepted) {
    accepted += messagesAccepted;
    requests.recordValue(nanos);
  }

  /** A request or publish went wrong. */
  public void failure(String kind) {
    if (failures.size() < KINDS || failures.containsKey(kind)) {
      failures.merge(kind, 1L, Long::sum);
    }
  }

  /** Hands over what was counted since the last call. On the loop. */
  Tally take() {
    Tally tally = new Tally(messages, bytes, accepted, latency, requests, failures);
    messages = 0;
    bytes = 0;
    accepted = 0;
    latency = new Histogram(PRECISION);
    requests = new Histogram(PRECISION);
    failures = new TreeMap<>();
    return tally;
  }

  /**
   * @param messages received
   * @param bytes received on subscriptions, framing included
   * @param accepted messages acknowledged in answers to REST batches
   * @param latency of each message received, publish to receive, in ns
   * @param requests the time of each such answer, in ns
   * @param failures how often a request or publish went wrong, by kind
   */
  public record Tally(
      long messages,
      long bytes,
      long accepted,
      Histogram latency,
      Histogram requests,
      Map<String, Long> failures) {
    /** The sum of two loops. */
    public Tally plus(Tally other) {
      Map<String, Long> all = new TreeMap<>(failures);
      other.failures.forEach((kind, count) -> all.merge(kind, count, Long::sum));
      return new Tally(
          messages + other.messages,
          bytes + other.bytes,
          accepted + other.accepted,
          sum(latency, other.latency),
          sum(requests, other.requests),
          all);
    }

    private static Histogram sum(Histogram one, Histogram other) {
      Histogram both = one.copy();
      both.add(other);
      return both;
    }
  }
}

package io.tidegate.usage;

import io.tidegate.figures.Latencies;
import io.tidegate.figures.LatencyCounts;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** One app's counters on this node. Counting never waits: sums are adders, the rest is rare. */
public final class Meter {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** So many of one code between two takes, a minute, are counted of those who showed no secret. */
  private static final long MAX_OF_STRANGERS = 1_000;

  private final LongSupplier nanoTime;
  private final LongAdder publishes = new LongAdder();
  private final LongAdder bytesIn = new LongAdder();
  private final LongAdder deliveries = new LongAdder();
  private final LongAdder bytesOut = new LongAdder();
  private final LongAdder webhooks = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final Latencies latencies = new Latencies();

  /** By code: as many as the catalogue has. */
  private final Map<Integer, LongAdder> refusals = new ConcurrentHashMap<>();

  // The rest is guarded by the monitor.
  private long connections;
  private long connectionsPeak;
  private long connectionNanos;
  private long since;
  private long channels;
  private long channelsPeak;
  private long members;
  private long membersPeak;
  private Totals taken = new Totals(0, 0, 0, 0, 0, LatencyCounts.NONE);

  /** What there has been since the start. */
  public record Totals(
      long publishes,
      long deliveries,
      long bytesIn,
      long bytesOut,
      long refusals,
      LatencyCounts latency) {}

  Meter(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.since = nanoTime.getAsLong();
  }

  public void published(long messages, long bytes) {
    publishes.add(messages);
    bytesIn.add(bytes);
  }

  public void delivered(long messages, long bytes) {
    deliveries.add(messages);
    bytesOut.add(bytes);
  }

  /** A batch is written to every client of a loop that keeps up, so long after it came. */
  public void written(long nanos) {
    latencies.record(nanos);
  }

  public void calledWebhook() {
    webhooks.increment();
  }

  /**
   * @param code of the catalogue
   */
  public void refused(int code) {
    refusals.computeIfAbsent(code, first -> new LongAdder()).increment();
    refused.increment();
  }

  /** As {@link #refused}, for what anybody can bring about: beyond a bound it is not counted. */
  public void refusedStranger(int code) {
    LongAdder known = refusals.get(code);
    if (known == null || known.sum() < MAX_OF_STRANGERS) {
      refused(code);
    }
  }

  public synchronized void connected() {
    passTime();
    connections++;
    connectionsPeak = Math.max(connectionsPeak, connections);
  }

  public synchronized void disconnected() {
    passTime();
    connections--;
  }

  public synchronized void occupied() {
    channels++;
    channelsPeak = Math.max(channelsPeak, channels);
  }

  public synchronized void vacated() {
    channels--;
  }

  /** A client is present in a channel over a connection of this node. */
  public synchronized void entered() {
    members++;
    membersPeak = Math.max(membersPeak, members);
  }

  public synchronized void left() {
    members--;
  }

  private void passTime() {
    long now = nanoTime.getAsLong();
    connectionNanos += connections * (now - since);
    since = now;
  }

  /** Since the start; any thread. */
  public Totals totals() {
    return new Totals(
        publishes.sum(),
        deliveries.sum(),
        bytesIn.sum(),
        bytesOut.sum(),
        refused.sum(),
        latencies.counts());
  }

  /** Connected now. */
  public synchronized long connections() {
    return connections;
  }

  /** With a subscription now. */
  public synchronized long channels() {
    return channels;
  }

  /** What was counted since the last call. */
  synchronized Counts take() {
    passTime();
    long millis = connectionNanos / NANOS_PER_MILLI;
    connectionNanos -= millis * NANOS_PER_MILLI;
    Map<Integer, Long> codes = new TreeMap<>();
    refusals.forEach(
        (code, times) -> {
          long sum = times.sumThenReset();
          if (sum > 0) {
            codes.put(code, sum);
          }
        });
    Totals now = totals();
    Totals before = taken;
    taken = now;
    Counts counts =
        new Counts(
            now.publishes() - before.publishes(),
            now.deliveries() - before.deliveries(),
            now.bytesIn() - before.bytesIn(),
            now.bytesOut() - before.bytesOut(),
            connectionsPeak,
            millis,
            channelsPeak,
            membersPeak,
            webhooks.sumThenReset(),
            codes,
            now.latency().since(before.latency()));
    connectionsPeak = connections;
    channelsPeak = channels;
    membersPeak = members;
    return counts;
  }
}

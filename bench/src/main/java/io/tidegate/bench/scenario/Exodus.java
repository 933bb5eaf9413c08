package io.tidegate.bench.scenario;

import io.tidegate.bench.gateway.ServerMetrics;
import io.tidegate.bench.publish.BatchPublisher;
import io.tidegate.bench.publish.Target;
import io.tidegate.bench.report.Figure.Goal;
import io.tidegate.bench.report.Figures;
import io.tidegate.bench.subscribe.Crowd;
import io.tidegate.bench.subscribe.Subscriber;
import io.tidegate.bench.wire.Stamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A crowd's way from one node to another, and what it missed meanwhile. */
final class Exodus {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final double SECONDS_GOAL = 15;

  /** Messages that the log and the windows are read by. */
  private static final int BLOCK = 256;

  /** What counts the reads of messages, of log and windows alike; {@code of} tells which. */
  private static final String READS = "tidegate_replay_reads_total";

  private static final String OF_BLOCKS = READS + "{of=\"blocks\"";

  /** Numbers of the messages that are missed, apart from those of the publisher that goes on. */
  private static final long FIRST_MISSED = 1L << 30;

  private static final int PUBLISHERS = 8;
  private static final int BATCH = 20;

  private final Lab lab;
  private final Settings settings;
  private final int staying;
  private final Crowd crowd;
  private final Map<String, Target> targets = new HashMap<>();
  private final AtomicLong numbers = new AtomicLong(FIRST_MISSED);

  /**
   * @param staying the node that is published to
   */
  Exodus(Lab lab, Settings settings, int staying, Crowd crowd, List<Target> targets) {
    this.lab = lab;
    this.settings = settings;
    this.staying = staying;
    this.crowd = crowd;
    targets.forEach(target -> this.targets.put(target.channel(), target));
  }

  /** What a subscriber's channel is published by. */
  Target target(Subscriber subscriber) {
    return Objects.requireNonNull(targets.get(subscriber.channel()));
  }

  /**
   * How it went.
   *
   * @param subscribed seconds until the last was subscribed
   * @param caughtUp seconds until everybody had what was published before the first came back
   * @param missed messages by each, on average
   * @param reads of blocks by the node they came to; NaN when it does not say
   * @param others reads, of what was published meanwhile
   * @param blocks of messages that they needed of all channels
   */
  record Arrival(
      double subscribed,
      double caughtUp,
      double missed,
      double reads,
      double others,
      long blocks,
      boolean all,
      Sample sample) {
    void tell(Figures figures, String group, Verdict verdict) {
      if (!all) {
        verdict.fault(group + ": not all caught up in time");
      }
      figures.add(group, "all resumed", "s", subscribed);
      figures.add(group, "all caught up", "s", caughtUp, Goal.atMost(SECONDS_GOAL));
      figures.add(group, "missed by each", "messages", missed);
      if (!Double.isNaN(reads)) {
        figures.add(group, "blocks of all channels that they missed", "", blocks);
        figures.add(group, "reads of blocks, of log and windows", "", reads);
        figures.add(group, "reads of each block", "", reads / blocks, Goal.atMost(1));
        figures.add(group, "reads of what was published meanwhile", "", others);
      }
      figures.add(group, "that node, until caught up", "cpu s", sample.serverCpu());
      figures.add(group, "generator, until caught up", "cpu s", sample.ownCpu());
      figures.add(group, "others on the machine", "cores", sample.otherCpu() / sample.seconds());
      Lab.say(
          "caught up after %.2f s, %.0f reads of %d blocks, %.0f others"
              .formatted(caughtUp, reads, blocks, others));
    }
  }

  /** Everybody loses the line in this way, misses something and comes to that node at once. */
  Arrival to(int node, Runnable loss) throws Exception {
    List<CompletableFuture<Void>> ends = crowd.lose();
    lab.loops().fence();
    loss.run();
    for (CompletableFuture<Void> end : ends) {
      end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    Map<String, Long> from = new HashMap<>();
    lab.loops().fence();
    crowd.members().forEach(s -> from.merge(s.channel(), s.run().last(), Math::min));
    publishMissed();

    crowd.moveTo(lab.client(node));
    Map<String, Long> wanted = new HashMap<>();
    targets.forEach((channel, target) -> wanted.put(channel, target.ledger().accepted()));
    double missed = crowd.members().stream().mapToLong(s -> behind(wanted, s)).average().orElse(0);
    double readsBefore = reads(node, READS);
    double blocksBefore = reads(node, OF_BLOCKS);
    Watch.Look before = lab.watch(node).look();
    long start = System.nanoTime();
    crowd.open(settings.number("at-once"), PATIENCE);
    double subscribed = (System.nanoTime() - start) / 1e9;
    Duration settle = settings.seconds("settle");
    boolean all =
        lab.await(settle, () -> crowd.members().stream().allMatch(s -> behind(wanted, s) <= 0));
    double caughtUp = (System.nanoTime() - start) / 1e9;
    Sample sample = before.until(lab.watch(node).look());
    double reads = reads(node, OF_BLOCKS) - blocksBefore;
    double others = reads(node, READS) - readsBefore - reads;
    return new Arrival(subscribed, caughtUp, missed, reads, others, blocks(from), all, sample);
  }

  private static long behind(Map<String, Long> wanted, Subscriber subscriber) {
    return Objects.requireNonNull(wanted.get(subscriber.channel())) - subscriber.run().count();
  }

  private void publishMissed() throws InterruptedException {
    Map<String, Long> enough = new HashMap<>();
    int missed = settings.number("missed");
    targets.forEach((name, target) -> enough.put(name, target.ledger().accepted() + missed));
    List<Target> all = List.copyOf(targets.values());
    Stamp stamp = new Stamp(settings.number("size"));
    List<BatchPublisher> publishers = new ArrayList<>();
    for (int i = 0; i < PUBLISHERS && missed > 0; i++) {
      int first = i * all.size() / PUBLISHERS;
      publishers.add(
          new BatchPublisher(
              lab.backend(staying), lab.loops().next(), all, first, BATCH, stamp, numbers));
    }
    publishers.forEach(BatchPublisher::start);
    lab.await(
        PATIENCE,
        () ->
            targets.values().stream()
                .allMatch(
                    one ->
                        one.ledger().accepted()
                            >= Objects.requireNonNull(enough.get(one.channel()))));
    publishers.forEach(BatchPublisher::stop);
    if (!lab.await(PATIENCE, () -> publishers.stream().allMatch(BatchPublisher::idle))) {
      throw new IllegalStateException("publishes without an answer after " + PATIENCE);
    }
  }

  /** From the first message that somebody missed to the last that came, channel by channel. */
  private long blocks(Map<String, Long> from) {
    lab.loops().fence();
    Map<String, Long> to = new HashMap<>();
    crowd.members().forEach(s -> to.merge(s.channel(), s.run().last(), Math::max));
    long blocks = 0;
    for (Map.Entry<String, Long> one : to.entrySet()) {
      long last = Objects.requireNonNull(from.get(one.getKey()));
      if (one.getValue() > last) {
        blocks += (one.getValue() - 1) / BLOCK - last / BLOCK + 1;
      }
    }
    return blocks;
  }

  private double reads(int node, String which) throws InterruptedException {
    return lab.nodes().get(node).metrics().isEmpty()
        ? Double.NaN
        : ServerMetrics.sum(lab.nodes().get(node).metrics().get().read(), which);
  }
}

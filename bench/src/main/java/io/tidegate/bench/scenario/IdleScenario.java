package io.tidegate.bench.scenario;

import io.tidegate.bench.check.Ledger;
import io.tidegate.bench.gateway.ServerProcess;
import io.tidegate.bench.publish.Publisher;
import io.tidegate.bench.report.Figure.Goal;
import io.tidegate.bench.report.Figures;
import io.tidegate.bench.report.Result;
import io.tidegate.bench.subscribe.Crowd;
import io.tidegate.bench.subscribe.Deliveries;
import io.tidegate.bench.wire.Stamp;
import java.time.Duration;
import java.util.List;

/** Many connections that do nothing: what each costs the gateway in memory. */
final class IdleScenario implements Scenario {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** Time for buffers of the handshakes to go back, and for the books of connections to close. */
  private static final long REST_MS = 3_000;

  private static final double RSS_GOAL_BYTES = 6_000;

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public String purpose() {
    return "Idle WebSocket connections on one shared channel: memory of the gateway before and after,"
        + " each after garbage collection and with the heap shrunk to what is live";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting("connections", "10000", "connections; the descriptor limit bounds them"),
        new Setting("warmup-connections", "500", "opened and closed before"),
        new Setting("class", "window", "durability of the channel"));
  }

  @Override
  public int gateways() {
    return 3;
  }

  @Override
  public Result run(Lab lab, Settings settings) throws Exception {
    String channel = settings.text("class") + ":idle";
    ServerProcess server =
        lab.server().orElseThrow(() -> new IllegalArgumentException("idle needs --pid"));
    Ledger ledger = new Ledger();
    Stamp stamp = new Stamp(Stamp.DEFAULT_SIZE);
    warmUp(lab, settings.number("warmup-connections"), channel);

    int count = settings.number("connections");
    long heapBefore = server.liveHeapBytes();
    server.shrink();
    long before = server.residentBytes();
    Crowd crowd = new Crowd();
    lab.subscribers(crowd, count, channel, Deliveries.UNHEARD);
    long start = System.nanoTime();
    crowd.open(64, PATIENCE);
    double opening = (System.nanoTime() - start) / 1e9;
    Lab.say(count + " connections after " + Math.round(opening) + " s");
    Thread.sleep(REST_MS);
    long heap = server.liveHeapBytes() - heapBefore;
    server.shrink();
    long resident = server.residentBytes() - before;

    Verdict verdict = new Verdict();
    Publisher publisher = Publishers.open(lab, "ws", channel, ledger, stamp, 1, () -> {});
    publisher.loop().executor().execute(() -> publishOne(publisher, 0));
    lab.await(
        Duration.ofSeconds(15),
        () ->
            ledger.accepted() == 1
                && crowd.members().stream().allMatch(s -> ledger.settledBy(s.run())));
    if (ledger.accepted() != 1) {
      verdict.fault("the message that wakes everybody was not accepted");
    }
    verdict.subscribers(crowd, s -> ledger);
    crowd.cut();
    Figures figures = new Figures();
    String group = count + " connections";
    figures.add(
        group,
        "resident memory",
        "bytes each",
        resident / (double) count,
        Goal.atMost(RSS_GOAL_BYTES));
    figures.add(group, "live heap", "bytes each", heap / (double) count);
    figures.add(group, "resident before", "MB", before / 1e6);
    figures.add(group, "opened and subscribed", "connections/s", count / opening);
    return new Result(
        name(),
        purpose(),
        settings.shown(),
        figures.toList(),
        verdict.faults(),
        List.of("one message at the end reached every connection", server.heapInfo()));
  }

  private static void warmUp(Lab lab, int count, String channel) throws InterruptedException {
    Crowd first = new Crowd();
    lab.subscribers(first, count, channel, Deliveries.UNHEARD);
    first.open(64, PATIENCE);
    first.cut();
    Thread.sleep(REST_MS);
  }

  private static void publishOne(Publisher publisher, long number) {
    publisher.publish(number, Stamp.now());
    publisher.flush();
  }
}

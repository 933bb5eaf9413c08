package io.tidegate.bench.scenario;

import io.tidegate.bench.publish.Flood;
import io.tidegate.bench.publish.Target;
import io.tidegate.bench.subscribe.Crowd;
import io.tidegate.bench.subscribe.Deliveries;
import io.tidegate.bench.wire.Stamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A tenant that offers many times what it may publish, evenly to all nodes. It has one subscriber,
 * at the last of them, who is to see what was let through and no more.
 */
final class Loud implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Neighbour neighbour;
  private final int limit;
  private final int offers;

  /** Of what its limit allows at least such a part is to be let through. */
  private final double share;

  private final Target target;
  private final Crowd crowd = new Crowd();
  private final List<Flood> floods = new ArrayList<>();
  private long begun;
  private long offeredBefore;
  private long acceptedBefore;

  /** Moves in beside the lab's app; silent until {@link #begin}. */
  Loud(Lab lab, Settings settings) throws Exception {
    limit = settings.number("limit");
    offers = limit * settings.number("times");
    share = settings.number("admitted") / 100.0;
    neighbour = lab.neighbour(Map.of("publishesPerSecond", limit));
    target = Target.of(settings.text("class") + ":loud");
    Lab own = neighbour.lab();
    int nodes = own.nodes().size();
    own.subscribers(crowd, own.client(nodes - 1), 1, target.channel(), Deliveries.UNHEARD);
    crowd.open(1, PATIENCE);
    for (int node = 0; node < nodes; node++) {
      floods.add(
          new Flood(
              own.backend(node),
              neighbour.loops().next(),
              List.of(target),
              new Stamp(settings.number("size")),
              settings.number("connections")));
    }
  }

  /**
   * What came of one time of being loud.
   *
   * @param seconds that it lasted
   * @param fault empty when as much was let through as its limit says
   */
  record Outcome(long offered, long admitted, double seconds, Optional<String> fault) {}

  void begin() {
    begun = System.nanoTime();
    offeredBefore = offered();
    acceptedBefore = target.ledger().accepted();
    floods.forEach(flood -> flood.start(offers / floods.size()));
  }

  /** Returns when all that was offered is answered. */
  Outcome end() throws InterruptedException {
    double pressed = (System.nanoTime() - begun) / 1e9;
    floods.forEach(Flood::stop);
    neighbour.lab().await(PATIENCE, () -> floods.stream().allMatch(Flood::settled));
    double lasted = (System.nanoTime() - begun) / 1e9;
    long offered = offered() - offeredBefore;
    long admitted = target.ledger().accepted() - acceptedBefore;
    // One second's worth may come at once, beside what the limit lets through meanwhile.
    double most = limit * lasted + limit;
    double least = share * Math.min(offered, limit * pressed);
    Optional<String> fault =
        admitted <= most && admitted >= least
            ? Optional.empty()
            : Optional.of(
                String.format(
                    Locale.ROOT,
                    "of %d messages %d were let through, not %.0f to %.0f",
                    offered,
                    admitted,
                    least,
                    most));
    return new Outcome(offered, admitted, pressed, fault);
  }

  private long offered() {
    return floods.stream().mapToLong(Flood::offered).sum();
  }

  /** How often it was answered how; since the last call. */
  Map<String, Long> refusals() {
    return neighbour.loops().take().failures();
  }

  /** Holds its subscriber against what was let through. */
  void check(Verdict verdict) throws InterruptedException {
    neighbour
        .lab()
        .await(
            PATIENCE,
            () -> crowd.members().stream().allMatch(one -> target.ledger().settledBy(one.run())));
    verdict.subscribers(crowd, one -> target.ledger());
  }

  @Override
  public void close() throws Exception {
    crowd.cut();
    neighbour.close();
  }
}

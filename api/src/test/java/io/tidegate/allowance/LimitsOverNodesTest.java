package io.tidegate.allowance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** I9 over several nodes, in simulated time. */
class LimitsOverNodesTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long LATENCY = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int SECONDS = 30;

  /** A token bucket that is told of everything that was admitted. */
  private static final class Judge {
    private final Rate rate;
    private final double burst;
    private double left;
    private long atNanos;
    private long admitted;

    Judge(Rate rate, double burst) {
      this.rate = rate;
      this.burst = burst;
      this.left = burst;
    }

    void admit(long many, long now) {
      left = Math.min(burst, left + (now - atNanos) / 1e9 * rate.perSecond()) - many;
      atNanos = now;
      admitted += many;
      assertThat(left)
          .as("admitted above %s within some time before %.3f s", rate, now / 1e9)
          .isGreaterThanOrEqualTo(-1e-3);
      assertThat((double) admitted)
          .as("admitted above %s in the first %.3f s", rate, now / 1e9)
          .isLessThanOrEqualTo(rate.perSecond() * (now / 1e9) + burst + 1e-3);
    }
  }

  /**
   * Whatever is offered where: in any time W no more than rate x W + burst, though what is on its
   * way to a node may come together with what was filled up meanwhile; over all of the time,
   * exactly.
   */
  @Property(tries = 150, seed = "16")
  void neverMoreThanTheRateAndTheBurst(
      @ForAll @IntRange(min = 1, max = 5) int nodes,
      @ForAll @IntRange(min = 1, max = 2_000) int perSecond,
      @ForAll @IntRange(min = 1, max = 3_000) int burst,
      @ForAll long seed) {
    Random random = new Random(seed);
    Rate rate = new Rate(perSecond, burst);
    SimulatedNodes sim = new SimulatedNodes(random, nodes, rate, LATENCY);
    Judge windows = new Judge(rate, burst + perSecond * (LATENCY / 1e9) + nodes);
    long[] admitted = {0};
    for (int i = 0; i < nodes; i++) {
      double offered = perSecond * 4.0 * random.nextDouble() / nodes;
      int unit = 1 + random.nextInt(Math.min(burst, 20));
      sim.offer(
          i,
          offered,
          unit,
          many -> {
            admitted[0] += many;
            windows.admit(many, sim.nowNanos());
            assertThat((double) admitted[0])
                .isLessThanOrEqualTo(perSecond * (sim.nowNanos() / 1e9) + burst + 1e-3);
          });
    }
    sim.run(SECONDS * SECOND);
  }

  /**
   * However it is spread over the nodes, one busy and the others idle included. A bucket of single
   * tokens is full by chance now and then: what is lost then is lost by right.
   */
  @Property(tries = 100, seed = "16")
  void nearlyAllOfTheRateWhenEnoughIsOffered(
      @ForAll @IntRange(min = 1, max = 5) int nodes,
      @ForAll @IntRange(min = 20, max = 2_000) int perSecond,
      @ForAll @IntRange(min = 1, max = 3) int burstSeconds,
      @ForAll @IntRange(min = 1, max = 5) int busy,
      @ForAll long seed) {
    Random random = new Random(seed);
    Rate rate = new Rate(perSecond, (long) perSecond * burstSeconds);
    SimulatedNodes sim = new SimulatedNodes(random, nodes, rate, LATENCY);
    long[] admitted = {0};
    int offering = Math.min(nodes, busy);
    for (int i = 0; i < offering; i++) {
      double share = offering == 1 ? 1 : (0.5 + random.nextDouble()) / offering;
      sim.offer(i, Math.max(20, perSecond * 5.0 * share), 1, many -> admitted[0] += many);
    }
    sim.run(SECONDS * SECOND);
    double due = (double) perSecond * SECONDS + rate.burst();
    assertThat((double) admitted[0])
        .as("of %d offered to %d of %d nodes at %s", sim.offered(), offering, nodes, rate)
        .isBetween(0.98 * due - 1, due + 1e-3);
  }

  /** 3 nodes, 3 times the rate, 30 s, evenly and all on one. */
  @Property(tries = 20, seed = "16")
  void thriceTheRateOverThreeNodesIsAdmittedOnce(@ForAll boolean evenly, @ForAll long seed) {
    Rate rate = Rate.perSecond(100);
    SimulatedNodes sim = new SimulatedNodes(new Random(seed), 3, rate, LATENCY);
    long[] admitted = {0};
    for (int i = 0; i < (evenly ? 3 : 1); i++) {
      sim.offer(i, evenly ? 100 : 300, 1, many -> admitted[0] += many);
    }
    sim.run(SECONDS * SECOND);
    assertThat(admitted[0]).isBetween(3_038L, 3_100L);
  }

  /** Single tokens: whoever asks first when there is one has it. */
  @Property(tries = 50, seed = "16")
  void oneASecondIsOneASecondOverAllNodes(
      @ForAll @IntRange(min = 1, max = 5) int nodes, @ForAll long seed) {
    Rate rate = Rate.perSecond(1);
    SimulatedNodes sim = new SimulatedNodes(new Random(seed), nodes, rate, LATENCY);
    long[] admitted = {0};
    for (int i = 0; i < nodes; i++) {
      sim.offer(i, 30, 1, many -> admitted[0] += many);
    }
    sim.run(100 * SECOND);
    assertThat(admitted[0]).isBetween(94L, 101L);
  }

  /** While nobody lends, nodes have their even parts; afterwards there is no second burst. */
  @Property(tries = 100, seed = "16")
  void anOutageGrantsNoSecondBurst(
      @ForAll @IntRange(min = 1, max = 4) int nodes,
      @ForAll @IntRange(min = 20, max = 1_000) int perSecond,
      @ForAll boolean forgets,
      @ForAll long seed) {
    Random random = new Random(seed);
    Rate rate = Rate.perSecond(perSecond);
    SimulatedNodes sim = new SimulatedNodes(random, nodes, rate, LATENCY);
    long[] admitted = {0};
    for (int i = 0; i < nodes; i++) {
      sim.offer(i, perSecond * 3.0 / nodes, 1, many -> admitted[0] += many);
    }
    int outages = 1 + random.nextInt(3);
    for (int i = 0; i < outages; i++) {
      sim.outage(5 * SECOND + i * 8 * SECOND, SECOND + random.nextLong(4 * SECOND), forgets);
    }
    for (int second = 1; second <= SECONDS; second++) {
      sim.run(SECOND);
      // Each outage may cost what was in hand or on its way, and begin from what each node
      // believed.
      double most = (double) perSecond * second + rate.burst() * 1.5 + nodes * 3;
      assertThat((double) admitted[0]).as("after %d s", second).isLessThanOrEqualTo(most);
    }
    assertThat((double) admitted[0]).isGreaterThanOrEqualTo(0.85 * perSecond * SECONDS);
  }
}

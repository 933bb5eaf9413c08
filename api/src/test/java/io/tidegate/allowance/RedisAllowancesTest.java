package io.tidegate.allowance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.redis.PatientLink;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Three nodes over one Redis: what the contract says of one, and what they admit together. */
class RedisAllowancesTest extends AllowancesContract {
  private static final int NODES = 3;

  /** So long that only a server that is away is decided without. */
  private static final Duration UNHURRIED = Duration.ofSeconds(30);

  private static final Rate SLOW = new Rate(1, 300);

  /** Who comes less often than this stands still. */
  private static final long STEADY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().factory());

  /** Of its own for each test: they move its clock. */
  private final RedisProcess redis = RedisProcess.start();

  private final AtomicLong aheadMillis = new AtomicLong();
  private final List<RedisLink> links = new ArrayList<>();
  private final List<RedisAllowances> nodes = new ArrayList<>();
  private final String name = "shared-" + System.nanoTime();

  RedisAllowancesTest() {
    for (int i = 0; i < NODES; i++) {
      RedisLink link = PatientLink.open(redis.url(), timer);
      links.add(link);
      nodes.add(
          new RedisAllowances(
              new RedisLender(link, "node" + i + "-" + name, aheadMillis::get),
              () -> NODES,
              UNHURRIED,
              () -> System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(aheadMillis.get())));
    }
  }

  @AfterAll
  static void stopTimer() {
    timer.shutdownNow();
  }

  @AfterEach
  void close() {
    nodes.forEach(RedisAllowances::close);
    links.forEach(RedisLink::close);
    redis.close();
  }

  @Override
  Allowances allowances() {
    return nodes.getFirst();
  }

  @Override
  void pass(Duration time) {
    aheadMillis.addAndGet(time.toMillis());
  }

  private List<Bucket> buckets() {
    return nodes.stream().map(node -> node.bucket(name)).toList();
  }

  private List<Tally> tallies() {
    return nodes.stream().map(node -> node.tally(name)).toList();
  }

  @Test
  void aBurstIsOneForAllNodes() {
    List<Bucket> buckets = buckets();
    int granted = 0;
    for (int i = 0; i < 600; i++) {
      granted += buckets.get(i % NODES).ask(1, SLOW).granted() ? 1 : 0;
    }
    assertThat(granted).isBetween(300, 360);
  }

  @Test
  void whatANodeDoesNotUseAnyMoreOthersHave() {
    List<Bucket> buckets = buckets();
    for (int i = 0; i < 30; i++) {
      assertThat(buckets.get(0).ask(1, SLOW).granted()).isTrue();
    }
    long[] granted = {0};
    await().atMost(PATIENCE).until(() -> (granted[0] += burst(List.of(buckets.get(1)), 50)) >= 265);
  }

  /**
   * A machine that is busy may stand still for longer than a burst lasts: what comes meanwhile is
   * lost, and does not count.
   */
  @Test
  void threeNodesTogetherAdmitTheRateWhetherOfferedEvenlyOrToOne() throws Exception {
    Rate rate = new Rate(600, 600);
    for (int busy : new int[] {NODES, 1}) {
      String tenant = name + "-" + busy;
      AtomicLong granted = new AtomicLong();
      long began = System.nanoTime();
      long end = began + TimeUnit.SECONDS.toNanos(4);
      double offering = 4;
      try (ExecutorService threads =
          Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
        List<Future<Long>> offers = new ArrayList<>();
        for (int i = 0; i < busy; i++) {
          Bucket bucket = nodes.get(i).bucket(tenant);
          offers.add(threads.submit(() -> offer(bucket, rate, 1_800 / busy, end, granted)));
        }
        for (Future<Long> one : offers) {
          offering = Math.min(offering, one.get() / 1e9);
        }
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      assertThat((double) granted.get())
          .as("offered to %d nodes for %.1f s, %.1f of them steadily", busy, seconds, offering)
          .isLessThanOrEqualTo(600 * seconds + 600)
          .isGreaterThan(0.5 * (600 * offering + 600));
    }
  }

  /** For how long it came steadily, in ns. */
  private static long offer(Bucket bucket, Rate rate, int perSecond, long end, AtomicLong granted) {
    long pause = TimeUnit.SECONDS.toNanos(1) / perSecond;
    long steadily = 0;
    long last = System.nanoTime();
    for (long next = last; next < end; next += pause) {
      while (System.nanoTime() < next) {
        LockSupport.parkNanos(pause / 2);
      }
      granted.addAndGet(bucket.ask(1, rate).granted() ? 1 : 0);
      long now = System.nanoTime();
      steadily += Math.min(now - last, STEADY_NANOS);
      last = now;
    }
    return steadily;
  }

  @Test
  void whileRedisIsAwayEachNodeHasItsPartAndAfterItNobodyHasASecondBurst() {
    List<Bucket> buckets = buckets();
    for (int i = 0; i < 400; i++) {
      buckets.get(i % NODES).ask(1, SLOW);
    }
    redis.kill();
    links.forEach(link -> await().atMost(PATIENCE).until(() -> !link.isUp()));
    assertThat(burst(buckets, 300)).isLessThan(60);
    pass(Duration.ofSeconds(30));
    assertThat(burst(buckets, 300)).isBetween(3 * 9L, 90L);
    String unused = name + "-unused";
    assertThat(burst(nodes.stream().map(node -> node.bucket(unused)).toList(), 300))
        .isBetween(300L, 360L);
    redis.restart();
    links.forEach(link -> await().atMost(PATIENCE).until(link::isUp));
    assertThat(burst(buckets, 300)).isLessThan(60);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(burst(buckets, 1)).isPositive());
  }

  private static long burst(List<Bucket> buckets, int each) {
    long granted = 0;
    for (Bucket bucket : buckets) {
      for (int i = 0; i < each; i++) {
        granted += bucket.ask(1, SLOW).granted() ? 1 : 0;
      }
    }
    return granted;
  }

  @Test
  void placesAreCountedOverAllNodes() {
    List<Tally> tallies = tallies();
    int inside = 0;
    for (int i = 0; i < 30; i++) {
      Tally tally = tallies.get(i % NODES);
      if (tally.hasRoom(10)) {
        assertThat(tally.enter(10)).isTrue();
        inside++;
      }
    }
    assertThat(inside).isEqualTo(10);
    await().atMost(PATIENCE).until(() -> tallies.stream().allMatch(one -> one.count() == 10));
    tallies.get(0).leave();
    await().atMost(PATIENCE).until(() -> tallies.get(2).hasRoom(10));
    assertThat(tallies.get(2).enter(10)).isTrue();
  }

  /** For a moment there is one more than there may be, and at no time room for others. */
  @Test
  void whoMovesFromNodeToNodeTakesItsPlaceAlong() {
    List<Tally> tallies = tallies();
    enter(tallies.get(0), 2);
    enter(tallies.get(0), 2);
    tallies.get(1).moveIn();
    await().atMost(PATIENCE).until(() -> tallies.get(0).count() == 3);
    assertThat(tallies).noneMatch(tally -> tally.hasRoom(2));
    tallies.get(0).moveOut();
    assertThat(tallies).noneMatch(tally -> tally.enter(2));
    assertThat(tallies).noneMatch(tally -> tally.hasRoom(2));
    await()
        .atMost(PATIENCE)
        .until(() -> tallies.get(0).count() == 2 && tallies.get(1).count() == 2);
    assertThat(tallies).noneMatch(tally -> tally.hasRoom(2));
    tallies.get(1).leave();
    await().atMost(PATIENCE).until(() -> tallies.get(2).hasRoom(2));
    assertThat(tallies.get(2).enter(2)).isTrue();
  }

  @Test
  void placesOfANodeThatIsGoneAreFreeWithinItsLease() {
    List<Tally> tallies = tallies();
    for (int i = 0; i < 3; i++) {
      enter(tallies.get(0), 3);
    }
    assertThat(tallies.get(1).hasRoom(3)).isFalse();
    nodes.get(0).close();
    pass(Duration.ofMillis(Lender.PLACES_MILLIS + 1));
    await().atMost(PATIENCE).until(() -> tallies.get(1).hasRoom(3));
  }

  @Test
  void whileRedisIsAwayNewOnesComeUpToTheNodesPartAndNobodyIsForgotten() {
    List<Tally> tallies = tallies();
    for (int i = 0; i < 5; i++) {
      enter(tallies.get(0), 9);
    }
    enter(tallies.get(1), 9);
    redis.kill();
    links.forEach(link -> await().atMost(PATIENCE).until(() -> !link.isUp()));
    assertThat(tallies.get(0).hasRoom(9)).isFalse();
    assertThat(tallies.get(0).here()).isEqualTo(5);
    enter(tallies.get(1), 9);
    enter(tallies.get(1), 9);
    assertThat(tallies.get(1).hasRoom(9)).isFalse();
    redis.restart();
    links.forEach(link -> await().atMost(PATIENCE).until(link::isUp));
    await().atMost(PATIENCE).until(() -> tallies.get(1).hasRoom(9));
    assertThat(tallies.get(1).enter(9)).isTrue();
    await().atMost(PATIENCE).until(() -> tallies.get(0).count() == 9);
    assertThat(tallies.get(2).hasRoom(9)).isFalse();
  }
}

package io.tidegate.allowance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.redis.PatientLink;
import io.tidegate.redis.RedisCluster;
import io.tidegate.redis.RedisLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Limits of nodes over a Redis Cluster: what the contract says, and what they admit together. */
class RedisClusterAllowancesTest extends AllowancesContract {
  private static final int NODES = 2;

  /** So long that only a server that is away is decided without. */
  private static final Duration UNHURRIED = Duration.ofSeconds(30);

  private static final Rate SLOW = new Rate(1, 300);
  private static final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().factory());
  private static RedisCluster cluster;

  private final AtomicLong aheadMillis = new AtomicLong();
  private final List<RedisLink> links = new ArrayList<>();
  private final List<RedisAllowances> nodes = new ArrayList<>();
  private final String name = "clustered-" + System.nanoTime();

  RedisClusterAllowancesTest() {
    for (int i = 0; i < NODES; i++) {
      RedisLink link = PatientLink.open(cluster.url(), timer);
      links.add(link);
      nodes.add(
          new RedisAllowances(
              new RedisLender(link, "node" + i + "-" + name, aheadMillis::get),
              () -> NODES,
              UNHURRIED,
              () -> System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(aheadMillis.get())));
    }
  }

  @BeforeAll
  static void startCluster() {
    cluster = RedisCluster.start();
  }

  @AfterAll
  static void stopCluster() {
    timer.shutdownNow();
    cluster.close();
  }

  @AfterEach
  void close() {
    nodes.forEach(RedisAllowances::close);
    links.forEach(RedisLink::close);
  }

  @Override
  Allowances allowances() {
    return nodes.getFirst();
  }

  @Override
  void pass(Duration time) {
    aheadMillis.addAndGet(time.toMillis());
  }

  @Test
  void burstsOfManyTenantsAreEachOneForAllNodes() {
    for (int tenant = 0; tenant < 12; tenant++) {
      String of = name + "-" + tenant;
      int granted = 0;
      for (int i = 0; i < 500; i++) {
        granted += nodes.get(i % NODES).bucket(of).ask(1, SLOW).granted() ? 1 : 0;
      }
      assertThat(granted).isBetween(300, 360);
    }
  }

  @Test
  void placesAreCountedOverAllNodes() {
    int inside = 0;
    for (int i = 0; i < 20; i++) {
      Tally tally = nodes.get(i % NODES).tally(name);
      inside += tally.hasRoom(5) && tally.enter(5) ? 1 : 0;
    }
    assertThat(inside).isEqualTo(5);
  }
}

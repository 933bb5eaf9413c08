package io.tidegate.allowance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.cluster.SlotHash;
import io.tidegate.redis.PatientLink;
import io.tidegate.redis.RedisCluster;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisProcess;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes that borrow from a Redis Cluster of three primaries. */
class RedisClusterLenderTest extends LenderContract {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Rate SLOW = new Rate(1, 1_000);
  private static RedisCluster cluster;
  private static final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().factory());

  private long ahead;
  private final RedisLink link = open();
  private final RedisLink otherLink = open();
  private final Lender here = new RedisLender(link, "here", () -> ahead);
  private final Lender there = new RedisLender(otherLink, "there", () -> ahead);

  @BeforeAll
  static void startCluster() {
    cluster = RedisCluster.start();
  }

  @AfterAll
  static void stopCluster() {
    timer.shutdownNow();
    cluster.close();
  }

  private static RedisLink open() {
    return PatientLink.open(cluster.url(), timer);
  }

  @AfterEach
  void close() {
    link.close();
    otherLink.close();
  }

  @Override
  Lender here() {
    return here;
  }

  @Override
  Lender there() {
    return there;
  }

  @Override
  void pass(Duration time) {
    ahead += time.toMillis();
  }

  private static RedisProcess primaryOf(int partition) {
    return cluster.of(SlotHash.getSlot(RedisLender.key(partition, "any")));
  }

  private static String nameOf(int partition) {
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> "of-" + partition + "-" + i + "-" + System.nanoTime())
        .filter(name -> Lender.partition(name) == partition)
        .findFirst()
        .orElseThrow();
  }

  private static Loan lend(Lender node, String name, long need) {
    return node.lend(Lender.partition(name), List.of(new Wish.Tokens(name, SLOW, need, 0, 0, 0, 0)))
        .toCompletableFuture()
        .join()
        .getFirst();
  }

  @Test
  void everyPartitionLendsToAllNodesAndAllPrimariesHaveSome() {
    Set<RedisProcess> primaries = new HashSet<>();
    for (int partition = 0; partition < Lender.PARTITIONS; partition++) {
      String name = nameOf(partition);
      assertThat(lend(here, name, 600).granted()).isEqualTo(600);
      assertThat(lend(there, name, 600).granted()).isBetween(400L, 460L);
      primaries.add(primaryOf(partition));
    }
    assertThat(primaries).hasSameSizeAs(cluster.nodes());
  }

  @Test
  void theOtherPrimariesLendOnWhenOneDiesAndItLendsNoSecondBurstWhenItIsBack() {
    String lost = nameOf(0);
    RedisProcess dying = primaryOf(0);
    int living =
        IntStream.range(1, Lender.PARTITIONS)
            .filter(partition -> primaryOf(partition) != dying)
            .findFirst()
            .orElseThrow();
    String kept = nameOf(living);
    assertThat(lend(here, lost, 1_000).granted()).isEqualTo(1_000);
    assertThat(lend(here, kept, 100).granted()).isEqualTo(100);
    dying.kill();
    try {
      await().atMost(PATIENCE).until(() -> !isAnswered(lost));
      await().atMost(PATIENCE).until(() -> isAnswered(kept));
      // And one for each second since.
      assertThat(lend(here, kept, 1_000).granted()).isBetween(800L, 960L);
    } finally {
      dying.restart();
    }
    await().atMost(PATIENCE).until(() -> isAnswered(lost));
    assertThat(lend(here, lost, 1_000).granted()).isLessThan(100);
  }

  /** Takes nothing. */
  private boolean isAnswered(String name) {
    try {
      lend(here, name, 0);
      return true;
    } catch (CompletionException away) {
      return false;
    }
  }
}

package io.tidegate.allowance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.redis.PatientLink;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisLenderTest extends LenderContract {
  private static final Rate SLOW = new Rate(1, 1_000);
  private static RedisProcess redis;
  private static final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().factory());

  private long ahead;
  private final RedisLink link = open();
  private final Lender here = new RedisLender(link, "here", () -> ahead);
  private final Lender there = new RedisLender(link, "there", () -> ahead);

  @BeforeAll
  static void startRedis() {
    redis = RedisProcess.start();
  }

  @AfterAll
  static void stopRedis() {
    timer.shutdownNow();
    redis.close();
  }

  private static RedisLink open() {
    return PatientLink.open(redis.url(), timer);
  }

  @AfterEach
  void close() {
    link.close();
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

  @Test
  void aServerThatLostItsMemoryLendsNoSecondBurst() {
    List<Wish> all = List.of(new Wish.Tokens("lost", SLOW, 1_000, 0, 0, 0, 0));
    int partition = Lender.partition("lost");
    assertThat(lend(partition, all).granted()).isEqualTo(1_000);
    redis.kill();
    await().until(() -> !link.isUp());
    redis.restart();
    await().until(link::isUp);
    assertThat(lend(partition, all).granted()).isLessThan(100);
    // What nodes spent meanwhile is not taken from what the server has forgotten.
    Wish owing = new Wish.Tokens("lost", SLOW, 0, 0, 0, 0, 300);
    assertThat(lend(partition, List.of(owing)).rest()).isNotNegative();
    pass(Duration.ofSeconds(500));
    assertThat(lend(partition, all).granted()).isBetween(400L, 600L);
  }

  private Loan lend(int partition, List<Wish> wishes) {
    return here.lend(partition, wishes).toCompletableFuture().join().getFirst();
  }

  @Test
  void keysHoldNoNameAndEnd() {
    String name = "secret-" + System.nanoTime();
    int partition = Lender.partition(name);
    lend(partition, List.of(new Wish.Tokens(name, SLOW, 1, 0, 0, 0, 0)));
    var keys = link.ask(commands -> commands.keys("*")).toCompletableFuture().join();
    assertThat(keys)
        .noneMatch(key -> key.contains("secret"))
        .allMatch(key -> key.startsWith("{tgl"))
        .contains(RedisLender.key(partition, name));
    Long ttl =
        link.ask(commands -> commands.pttl(RedisLender.key(partition, name)))
            .toCompletableFuture()
            .join();
    assertThat(ttl).isBetween(1L, 60_000L);
  }
}

package io.tidegate.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisLinkTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final RedisProcess redis = RedisProcess.start();
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().factory());
  private final RedisLink link =
      RedisLink.open(RedisAddress.parse(redis.url(), RedisLink.TIMEOUT), timer);
  private final AtomicInteger losses = new AtomicInteger();

  RedisLinkTest() {
    link.onLoss(losses::incrementAndGet);
  }

  @AfterEach
  void close() {
    timer.shutdownNow();
    link.close();
    redis.close();
  }

  @Test
  void aServerThatIsGoneIsDownAndOneThatCameBackIsUp() {
    await().atMost(PATIENCE).until(link::isUp);
    int before = losses.get();
    redis.kill();
    await().atMost(PATIENCE).until(() -> losses.get() > before && !link.isUp());
    assertThat(link.ask(commands -> commands.get("any"))).isCompletedExceptionally();
    redis.restart();
    await().atMost(PATIENCE).until(link::isUp);
  }

  @Test
  void aNodeThatStoodStillDoesNotTakeItsServerForDown() throws Exception {
    await().atMost(PATIENCE).until(link::isUp);
    int before = losses.get();
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
    timer.execute(
        () -> {
          while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
          }
        });
    // Two beats later, on the thread that stood still.
    timer.schedule(() -> {}, 3_600, TimeUnit.MILLISECONDS).get();
    assertThat(losses.get()).isEqualTo(before);
    assertThat(link.isUp()).isTrue();
  }
}

package io.tidegate.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.redis.RedisAddress;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisProcess;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A name is claimed once, also when Redis is lost right behind the claim. */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class RedisClaimsTest {
  private static final Duration TTL = Duration.ofMinutes(5);

  private final RedisProcess redis = RedisProcess.start();
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final RedisLink link = open();
  private final RedisLink otherLink = open();
  private final MemoryClaims elsewhere = new MemoryClaims();
  private final RedisClaims claims = new RedisClaims(link, elsewhere::claim);
  private final RedisClaims other = new RedisClaims(otherLink, elsewhere::claim);

  private RedisLink open() {
    return RedisLink.open(RedisAddress.parse(redis.url(), RedisLink.TIMEOUT), timer);
  }

  @AfterEach
  void close() {
    link.close();
    otherLink.close();
    timer.shutdownNow();
    redis.close();
  }

  @Test
  void whatWasClaimedJustBeforeRedisWentAwayIsNotClaimedAgain() {
    assertThat(claims.claim("before", TTL)).isTrue();
    assertThat(other.claim("before", TTL)).isFalse();
    redis.kill();
    assertThat(other.claim("before", TTL)).isFalse();
    assertThat(claims.claim("before", TTL)).isFalse();
    assertThat(other.claim("meanwhile", TTL)).isTrue();
    assertThat(claims.claim("meanwhile", TTL)).isFalse();
  }

  @Test
  void anErrorOfRedisLongAgoDoesNotHideThatItIsLostNow() {
    AtomicLong passed = new AtomicLong();
    RedisClaims late =
        new RedisClaims(link, elsewhere::claim, () -> System.nanoTime() + passed.get());
    memory("1");
    assertThat(late.claim("full", TTL)).isTrue();
    memory("0");
    passed.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(late.claim("before", TTL)).isTrue();
    redis.kill();
    assertThat(late.claim("before", TTL)).isFalse();
  }

  /** What Redis may take; with too little it answers writes with an error. */
  private void memory(String bytes) {
    link.ask(redis -> redis.configSet("maxmemory", bytes)).toCompletableFuture().join();
  }
}

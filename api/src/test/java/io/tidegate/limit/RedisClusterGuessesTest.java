package io.tidegate.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.tidegate.allowance.ManualNanos;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.redis.PatientLink;
import io.tidegate.redis.RedisCluster;
import io.tidegate.redis.RedisLink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Failures of several nodes, counted in a Redis Cluster. */
class RedisClusterGuessesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int NODES = 2;

  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().factory());
  private final RedisCluster cluster = RedisCluster.start();
  private final List<RedisLink> links =
      Stream.generate(() -> PatientLink.open(cluster.url(), timer)).limit(NODES).toList();

  @AfterEach
  void close() {
    timer.shutdownNow();
    links.forEach(RedisLink::close);
    cluster.close();
  }

  @Test
  void whoGuessesAtSeveralNodesIsCountedOnce() {
    List<Attempts> doors =
        links.stream()
            .map(link -> new RedisGuesses(link, timer))
            .map(guesses -> new Attempts(4, new Refused(), new ManualNanos(), guesses))
            .toList();
    for (int i = 0; i < 4; i++) {
      guess(doors.get(i % NODES));
    }
    for (Attempts door : doors) {
      await().atMost(PATIENCE).until(() -> waitsLonger(doors.getFirst(), door));
    }
  }

  /** Each failure makes it wait for longer, by the server's clock: at last all have heard of it. */
  private static boolean waitsLonger(Attempts guessing, Attempts door) {
    refusal(() -> guessing.count("192.0.2.1", RedisClusterGuessesTest::no));
    return refusal(() -> door.check("192.0.2.1", () -> "good")) != null;
  }

  private static void guess(Attempts door) {
    assertThat(refusal(() -> door.check("192.0.2.1", RedisClusterGuessesTest::no)))
        .isNotNull()
        .extracting(RefusedException::refusal)
        .isEqualTo(Refusal.CREDENTIAL_INVALID);
  }

  private static @Nullable RefusedException refusal(ThrowingCallable call) {
    return catchThrowableOfType(RefusedException.class, call);
  }

  private static String no() {
    throw new RefusedException(Refusal.CREDENTIAL_INVALID, "no");
  }
}

package io.tidegate.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.tidegate.allowance.ManualNanos;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.redis.PatientLink;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisProcess;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who guesses at two nodes is counted once, and waits at both. */
class RedisGuessesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final RedisProcess redis = RedisProcess.start();
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().factory());
  private final RedisLink link = PatientLink.open(redis.url(), timer);

  /** Clocks of nodes: standing, so that a delay that is heard of lasts as long as the test. */
  private final ManualNanos clock = new ManualNanos();

  private final Attempts here = node();
  private final Attempts there = node();

  private Attempts node() {
    return new Attempts(4, new Refused(), clock, new RedisGuesses(link, timer));
  }

  @AfterEach
  void close() {
    timer.shutdownNow();
    link.close();
    redis.close();
  }

  @Test
  void failuresAtSeveralNodesCountTogether() {
    assertThat(guess(here)).isEqualTo(Refusal.CREDENTIAL_INVALID);
    assertThat(guess(there)).isEqualTo(Refusal.CREDENTIAL_INVALID);
    assertThat(guess(here)).isEqualTo(Refusal.CREDENTIAL_INVALID);
    assertThat(guess(there)).isEqualTo(Refusal.CREDENTIAL_INVALID);
    awaitWaiting(there);
    awaitHeardOf(there, here);
    assertThat(there.<String>check("192.0.2.2", () -> "good")).isEqualTo("good");
  }

  @Test
  void aNodeThatComesLaterKnowsWhoWaits() {
    for (int i = 0; i < 4; i++) {
      guess(here);
    }
    awaitWaiting(here);
    awaitHeardOf(here, there);
    awaitWaiting(node());
  }

  @Test
  void withoutRedisEachNodeCountsByItself() {
    redis.kill();
    await().atMost(PATIENCE).until(() -> !link.isUp());
    for (int i = 0; i < 4; i++) {
      assertThat(guessUnheard(here)).isEqualTo(Refusal.CREDENTIAL_INVALID);
    }
    assertThat(guessUnheard(here)).isEqualTo(Refusal.AUTH_ATTEMPTS_EXCEEDED);
    assertThat(guessUnheard(there)).isEqualTo(Refusal.CREDENTIAL_INVALID);
  }

  @Test
  void keysHoldNoAddress() {
    for (int i = 0; i < 4; i++) {
      guess(here);
    }
    awaitWaiting(here);
    awaitHeardOf(here, there);
    var keys = link.ask(commands -> commands.keys("*")).toCompletableFuture().join();
    assertThat(keys).isNotEmpty().noneMatch(key -> key.contains("192"));
  }

  private void awaitWaiting(Attempts node) {
    await().atMost(PATIENCE).until(() -> isWaiting(node));
  }

  /** Asks with a good credential: nothing is counted. */
  private static boolean isWaiting(Attempts node) {
    return catchThrowableOfType(RefusedException.class, () -> node.check("192.0.2.1", () -> "good"))
        != null;
  }

  /**
   * What fails while Redis does not answer, if only for a moment of a busy machine, is not counted
   * in it.
   */
  private Refusal guess(Attempts node) {
    await().atMost(PATIENCE).until(link::isUp);
    return guessUnheard(node);
  }

  private static Refusal guessUnheard(Attempts node) {
    return catchThrowableOfType(
            RefusedException.class, () -> node.check("192.0.2.1", RedisGuessesTest::no))
        .refusal();
  }

  /**
   * Each failure more doubles for how long the address has to wait, by the server's clock: at first
   * that is a second, which a busy machine may need before another node reads of it.
   */
  private void awaitHeardOf(Attempts failing, Attempts node) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              fail(failing);
              return isWaiting(node);
            });
  }

  /** One that is not made to wait, as of somebody known. */
  private static void fail(Attempts node) {
    assertThat(
            catchThrowableOfType(
                RefusedException.class, () -> node.count("192.0.2.1", RedisGuessesTest::no)))
        .isNotNull();
  }

  private static String no() {
    throw new RefusedException(Refusal.CREDENTIAL_INVALID, "no");
  }
}

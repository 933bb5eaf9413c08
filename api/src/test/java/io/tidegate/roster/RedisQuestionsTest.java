package io.tidegate.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.redis.RedisAddress;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Three nodes and a Redis process. */
class RedisQuestionsTest {
  /**
   * Far longer than answers take on the busiest machine: who waits for none that comes shows it.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final RedisProcess redis = RedisProcess.start();
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
  private final RedisLink link =
      RedisLink.open(RedisAddress.parse(redis.url(), RedisLink.TIMEOUT), timer);
  private final RedisQuestions asking = node("aaaaaa-1");
  private final RedisQuestions one = node("bbbbbb-2");
  private final RedisQuestions other = node("cccccc-3");

  private RedisQuestions node(String lease) {
    return node(lease, PATIENCE);
  }

  private RedisQuestions node(String lease, Duration patience) {
    Leases leases =
        new Leases() {
          @Override
          public String own() {
            return lease;
          }

          @Override
          public long term() {
            return 1;
          }

          @Override
          public List<String> live() {
            return List.of("aaaaaa-1", "bbbbbb-2", "cccccc-3");
          }
        };
    return new RedisQuestions(link, leases, timer, blocking, patience);
  }

  @AfterEach
  void stop() {
    link.close();
    timer.shutdownNow();
    blocking.shutdownNow();
    redis.close();
  }

  @Test
  void everyOtherNodeAnswersAndNotTheOneThatAsks() {
    asking.answer(question -> "itself");
    one.answer(question -> "one heard " + question);
    other.answer(question -> "other heard " + question);

    assertThat(asking.ask("who is there?"))
        .containsExactlyInAnyOrder("one heard who is there?", "other heard who is there?");
    assertThat(asking.ask("again"))
        .containsExactlyInAnyOrder("one heard again", "other heard again");
  }

  @Test
  void nodeThatHasNothingToSayOrFailsIsNotWaitedFor() {
    one.answer(question -> null);
    other.answer(
        question -> {
          throw new IllegalStateException("a fault");
        });
    long since = System.nanoTime();

    assertThat(asking.ask("anybody?")).isEmpty();
    assertThat(System.nanoTime() - since).isLessThan(PATIENCE.toNanos());
  }

  @Test
  void nodeThatIsSilentIsLeftOut() {
    one.answer(question -> "here");
    RedisQuestions impatient = node("aaaaaa-1", Duration.ofSeconds(5));

    assertThat(impatient.ask("anybody?")).containsExactly("here");
  }

  @Test
  void withoutRedisNobodyAnswers() {
    one.answer(question -> "here");
    redis.close();

    assertThat(asking.ask("anybody?")).isEmpty();
  }
}

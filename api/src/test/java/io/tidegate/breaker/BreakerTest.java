package io.tidegate.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreakerTest {
  private static final int FAILURES = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Door door = new Door();
  private final Breaker breaker = new Breaker("test", FAILURES, door);

  @AfterEach
  void close() {
    breaker.close();
  }

  private void fail(int times, Throwable how) {
    for (int i = 0; i < times; i++) {
      breaker.failed(how);
    }
  }

  private static SQLException sql(String state) {
    return new SQLException("made up", state);
  }

  @Test
  void failuresInARowOpenItAndCallersAreToldWhenToComeBack() {
    door.shut(true);
    fail(FAILURES - 1, sql("08006"));
    assertThatCode(breaker::requireClosed).doesNotThrowAnyException();

    fail(1, new IllegalStateException("wrapped", sql("57P01")));

    assertThat(breaker.isClosed()).isFalse();
    for (int i = 1; i <= 20; i++) {
      assertThatThrownBy(breaker::requireClosed)
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> {
                assertThat(e.refusal()).isEqualTo(Refusal.STORE_UNAVAILABLE);
                assertThat(e.retryAfterMillis()).isBetween(1_000L, 2_000L);
              });
      assertThat(breaker.refusals()).isEqualTo(i);
    }
  }

  @Test
  void anAnswerInBetweenMakesTheRowBeginAnew() {
    for (int i = 0; i < 5; i++) {
      fail(FAILURES - 1, sql("08006"));
      breaker.answered();
    }
    assertThat(breaker.isClosed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "22001", "22P02", "23503", "23505", "23514", "25006", "40001", "40P01", "42P01", "53100",
        "54000", "55P03", "57014"
      })
  void whatIsAnAnswerOfTheDatabaseNeverOpensIt(String state) {
    fail(50, sql(state));
    assertThat(breaker.isClosed()).isTrue();
  }

  @Test
  void refusalsAndFaultsOfOurOwnNeverOpenIt() {
    fail(50, new RefusedException(Refusal.NOT_FOUND, "there is none"));
    fail(50, new IllegalStateException("ours"));
    assertThat(breaker.isClosed()).isTrue();
  }

  @Test
  void aPoolThatIsBusyIsNotADatabaseThatIsAway() {
    fail(50, new SQLTransientConnectionException("nobody gave one back", "08001"));
    assertThat(breaker.isClosed()).isTrue();

    door.shut(true);
    fail(FAILURES, new SQLTransientConnectionException("refused", "08001", sql("08001")));
    assertThat(breaker.isClosed()).isFalse();
  }

  @Test
  void itClosesByItselfWhenTheDatabaseIsBackThoughNobodyCalls() {
    door.shut(true);
    fail(FAILURES, sql("08006"));
    int knocks = door.knocks();
    Awaitility.await("it asks").atMost(PATIENCE).until(() -> door.knocks() > knocks);
    assertThat(breaker.isClosed()).isFalse();

    door.shut(false);

    Awaitility.await("it closes").atMost(PATIENCE).until(breaker::isClosed);
    assertThatCode(breaker::requireClosed).doesNotThrowAnyException();
    fail(FAILURES - 1, sql("08006"));
    assertThat(breaker.isClosed()).as("with a clean slate").isTrue();
  }

  @Test
  void itStaysOpenForAsLongAsTheDatabaseIsAway() {
    door.shut(true);
    fail(FAILURES, sql("08006"));
    int knocks = door.knocks();
    Awaitility.await("it asks again and again")
        .atMost(PATIENCE)
        .until(
            () -> {
              assertThat(breaker.isClosed()).isFalse();
              return door.knocks() > knocks + 2;
            });
    assertThat(breaker.isClosed()).isFalse();
  }

  @Test
  void oneThatIsClosedForGoodLetsEveryoneThroughAndAsksNoMore() {
    door.shut(true);
    fail(FAILURES, sql("08006"));

    breaker.close();

    assertThat(breaker.isClosed()).isTrue();
    fail(50, sql("08006"));
    assertThat(breaker.isClosed()).isTrue();
  }
}

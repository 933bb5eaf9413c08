package io.tidegate.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** With a clock that the test moves. */
class EntranceTest {
  private static final int RATE = 10;

  private long nanos = 5_000_000_000L;
  private int live = 0;
  private long queued = 0;
  private final Entrance entrance = new Entrance(RATE, () -> queued > 90, () -> live, () -> nanos);

  @Test
  void soManyComeInASecondAndAtOnce() {
    for (int i = 0; i < RATE; i++) {
      assertThat(come()).isNull();
    }
    assertThat(come()).isEqualTo(Refusal.ACCEPT_RATE_EXCEEDED);
    for (int second = 0; second < 3; second++) {
      nanos += TimeUnit.SECONDS.toNanos(1);
      for (int i = 0; i < RATE; i++) {
        assertThat(come()).isNull();
      }
      assertThat(come()).isEqualTo(Refusal.ACCEPT_RATE_EXCEEDED);
    }
  }

  @Test
  void whoIsRefusedTakesNobodysPlace() {
    RefusedException wrong = new RefusedException(Refusal.CREDENTIAL_INVALID, "wrong");
    for (int i = 0; i < 3 * RATE; i++) {
      assertThatThrownBy(
              () ->
                  entrance.letIn(
                      () -> {
                        throw wrong;
                      }))
          .isSameAs(wrong);
    }
    for (int i = 0; i < RATE; i++) {
      assertThat(come()).isNull();
    }
  }

  @Test
  void whoHasNotShownACredentialTakesNoPlaceButNeedsOne() {
    for (int i = 0; i < 3 * RATE; i++) {
      entrance.requireRoom();
    }
    for (int i = 0; i < RATE; i++) {
      come();
    }
    assertThatThrownBy(entrance::requireRoom)
        .isInstanceOfSatisfying(
            RefusedException.class,
            no -> assertThat(no.refusal()).isEqualTo(Refusal.ACCEPT_RATE_EXCEEDED));
  }

  @Test
  void adviceIsDrawnEvenlyOverTheTimeInWhichAllCanComeIn() {
    live = 300;
    for (int i = 0; i < RATE; i++) {
      come();
    }
    // Fewer are turned away than are connected: those give the time, 30 s.
    long[] advice = LongStream.range(0, 250).map(i -> adviceOfARefusal()).toArray();

    assertEven(advice, 30_000);
  }

  @Test
  void herdThatMeetsAnEmptyNodeIsSpreadByItsOwnSize() {
    for (int i = 0; i < RATE; i++) {
      come();
    }
    for (int i = 0; i < 1_000; i++) {
      adviceOfARefusal();
    }
    // 1,000 have been told to come: whoever is next waits up to 100 s.
    long[] advice = LongStream.range(0, 150).map(i -> adviceOfARefusal()).toArray();
    assertEven(advice, 115_000);

    nanos += TimeUnit.MINUTES.toNanos(3);
    come();
    while (come() == null) {
      // Until it is full again.
    }
    assertThat(adviceOfARefusal()).isLessThanOrEqualTo(500);
  }

  @Test
  void everyEndThatMayBeMendedByComingBackSaysWhen() {
    live = 300;
    RefusedException slow = new RefusedException(Refusal.SLOW_CONSUMER, "slow");
    long[] advice = LongStream.range(0, 250).map(i -> advised(slow)).toArray();
    assertEven(advice, 30_000);

    RefusedException given = RefusedException.retryAfter(Refusal.SLOW_CONSUMER, "slow", 7);
    RefusedException never = new RefusedException(Refusal.KEY_REVOKED, "revoked");
    assertThat(entrance.advised(given)).isSameAs(given);
    assertThat(entrance.advised(never)).isSameAs(never);
  }

  @Test
  void nobodyComesInWhileTheNodeIsFullOrGoingDown() {
    queued = 91;
    assertThat(come()).isEqualTo(Refusal.OVERLOADED);
    queued = 0;
    assertThat(come()).isNull();
    entrance.close();
    assertThat(come()).isEqualTo(Refusal.DRAINING);
  }

  @Test
  void withoutARateAllComeIn() {
    Entrance open = new Entrance(0, () -> false, () -> live, () -> nanos);
    for (int i = 0; i < 10_000; i++) {
      open.letIn(() -> true);
    }
    open.requireRoom();
    assertThat(open.adviceMillis(10_000)).isBetween(0L, 20_000L);
  }

  /** None lies outside, and each quarter has its share: a chance of 1 in 10^9 to be wrong. */
  private static void assertEven(long[] advice, long spreadMillis) {
    assertThat(LongStream.of(advice).min().orElseThrow()).isNotNegative();
    assertThat(LongStream.of(advice).max().orElseThrow()).isLessThanOrEqualTo(spreadMillis);
    for (int quarter = 0; quarter < 4; quarter++) {
      long from = spreadMillis / 4 * quarter;
      long to = from + spreadMillis / 4;
      assertThat(LongStream.of(advice).filter(one -> one >= from && one <= to).count())
          .isGreaterThan(advice.length / 12);
    }
  }

  private long advised(RefusedException reason) {
    return Objects.requireNonNull(entrance.advised(reason).retryAfterMillis());
  }

  private long adviceOfARefusal() {
    try {
      entrance.letIn(() -> true);
      throw new AssertionError("it was let in");
    } catch (RefusedException refused) {
      return Objects.requireNonNull(refused.retryAfterMillis());
    }
  }

  /** Why not; null when it is let in. */
  private @org.jspecify.annotations.Nullable Refusal come() {
    try {
      entrance.letIn(() -> true);
      return null;
    } catch (RefusedException refused) {
      return refused.refusal();
    }
  }
}

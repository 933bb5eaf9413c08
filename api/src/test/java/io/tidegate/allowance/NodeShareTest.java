package io.tidegate.allowance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Two nodes share 100 a second and a burst of 40: 50 and 20 are each one's. */
final class NodeShareTest {
  private static final Rate RATE = new Rate(100, 40);
  private static final long BEGIN = TimeUnit.SECONDS.toNanos(1_000);

  private final NodeShare share = new NodeShare(() -> 2);

  private static long at(long millis) {
    return BEGIN + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Test
  void itBeginsWithAnEvenPartOfWhatThereWasAndOnlyOnce() {
    share.begin(30, at(0));
    share.begin(40, at(0));
    assertThat(share.left(RATE, at(0))).isEqualTo(15);
    assertThat(share.perSecond(RATE)).isEqualTo(50);
  }

  @Test
  void itFillsAtAnEvenPartOfTheRateUpToAnEvenPartOfTheBurst() {
    share.begin(10, at(0));
    assertThat(share.left(RATE, at(100))).isCloseTo(10, within(0.001));
    assertThat(share.left(RATE, at(100_000))).isEqualTo(20);
    assertThat(share.left(RATE, at(50_000))).as("time runs back").isEqualTo(20);
  }

  @Test
  void whatIsSpentIsGoneUntilItIsFullAgain() {
    share.begin(40, at(0));
    assertThat(share.take(15, RATE, at(0))).isTrue();
    assertThat(share.take(6, RATE, at(0))).isFalse();
    assertThat(share.take(5, RATE, at(0))).isTrue();
    assertThat(share.take(1, RATE, at(19))).isFalse();
    assertThat(share.take(1, RATE, at(20))).isTrue();
  }

  @Test
  void aUnitAbovePartOfTheBurstPassesWhenThePartIsFullAndIsPaidForAfterwards() {
    share.begin(40, at(0));
    assertThat(share.take(30, RATE, at(0))).isTrue();
    assertThat(share.left(RATE, at(0))).isEqualTo(-10);
    assertThat(share.take(1, RATE, at(219))).isFalse();
    assertThat(share.take(1, RATE, at(220))).isTrue();
  }

  @Test
  void aRateOfNothingGivesNothingAndASmallBurstOneToken() {
    share.begin(40, at(0));
    assertThat(share.take(1, new Rate(0, 40), at(0))).isFalse();
    NodeShare small = new NodeShare(() -> 10);
    Rate few = new Rate(100, 5);
    small.begin(10, at(0));
    assertThat(small.left(few, at(1_000))).isEqualTo(1);
    assertThat(small.take(1, few, at(1_000))).isTrue();
  }

  @Test
  void whatWasSpentIsToldOnceUnlessItWasNotHeard() {
    share.begin(40, at(0));
    assertThat(share.isTold()).isTrue();
    share.take(8, RATE, at(0));
    assertThat(share.isTold()).isFalse();
    assertThat(share.telling(RATE, at(0))).isEqualTo(8);
    assertThat(share.isTold()).isTrue();
    share.untold();
    assertThat(share.isTold()).isFalse();
    assertThat(share.telling(RATE, at(0))).isEqualTo(8);
    share.end();
    share.untold();
    assertThat(share.isTold()).isTrue();
  }

  @Test
  void ofWhatWasSpentOnlyWhatHasNotFilledUpAgainIsTold() {
    share.begin(40, at(0));
    share.take(8, RATE, at(0));
    assertThat(share.telling(RATE, at(100))).as("5 of 8 came back").isEqualTo(3);
    share.untold();
    assertThat(share.telling(RATE, at(10_000))).isZero();
  }

  @Test
  void afterItsEndItBeginsAnew() {
    share.begin(40, at(0));
    share.take(20, RATE, at(0));
    share.end();
    share.begin(20, at(0));
    assertThat(share.left(RATE, at(0))).isEqualTo(10);
  }
}

package io.tidegate.allowance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One of two nodes, of a bucket with 100 a second and a burst of 40. */
final class PurseTest {
  private static final Rate RATE = new Rate(100, 40);
  private static final Rate NOTHING = new Rate(0, 40);
  private static final long BEGIN = TimeUnit.SECONDS.toNanos(1_000);

  private final Purse purse = new Purse("b", () -> 2);

  PurseTest() {
    purse.open(RATE, at(0));
  }

  private static long at(long millis) {
    return BEGIN + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private void borrow(long granted, double rest) {
    asked(0, 1);
    purse.answered(new Loan(granted, rest), at(0));
  }

  private Wish.Tokens asked(long need, long wanted) {
    return Objects.requireNonNull(purse.wish(need, wanted, at(0)));
  }

  @Test
  void whatIsInHandIsSpent() {
    borrow(10, 30);
    assertThat(purse.spend(11, false, at(0))).isFalse();
    assertThat(purse.spend(10, false, at(0))).isTrue();
    assertThat(purse.spend(1, false, at(0))).isFalse();
    purse.giveBack(3);
    assertThat(purse.held()).isEqualTo(3);
    assertThat(purse.spend(3, false, at(0))).isTrue();
  }

  @Test
  void moreThanABurstAndAtARateOfNothingIsNothingSpent() {
    borrow(40, 0);
    purse.open(new Rate(100, 20), at(0));
    assertThat(purse.spend(21, false, at(0))).isFalse();
    assertThat(purse.spend(20, false, at(0))).isTrue();
    purse.open(NOTHING, at(0));
    assertThat(purse.spend(1, false, at(0))).isFalse();
    assertThat(purse.spend(1, true, at(0))).isFalse();
    assertThat(purse.spendOnCredit(1, false, at(0))).isFalse();
    assertThat(purse.spendUpTo(5, false, at(0))).isZero();
    assertThat(purse.left(false, at(0))).isZero();
  }

  @Test
  void othersStopCountingWithTokensAndSoDoesTheNode() {
    borrow(10, 30);
    purse.open(RATE, at(2_000));
    assertThat(purse.held()).isEqualTo(10);
    purse.open(RATE, at(2_001));
    assertThat(purse.held()).isZero();
  }

  @Test
  void aQuarterOfWhatIsElsewhereMayBeGrantedOnCredit() {
    assertThat(purse.spendOnCredit(11, false, at(0))).isFalse();
    assertThat(purse.spendOnCredit(4, false, at(0))).isTrue();
    assertThat(purse.spendOnCredit(7, false, at(0))).isFalse();
    assertThat(purse.spendOnCredit(6, false, at(0))).isTrue();
    assertThat(purse.spendOnCredit(1, false, at(0))).isFalse();
    assertThat(purse.isEmpty()).isFalse();
  }

  @Test
  void whatIsBeingToldIsOwedStill() {
    assertThat(purse.spendOnCredit(4, false, at(0))).isTrue();
    assertThat(asked(0, 0).owed()).isEqualTo(4);
    assertThat(purse.spendOnCredit(7, false, at(0))).isFalse();
    assertThat(purse.spendOnCredit(6, false, at(0))).isTrue();
    purse.answered(new Loan(0, 36), at(0));
    assertThat(purse.spendOnCredit(4, false, at(0))).as("9 less the 6 of meanwhile").isFalse();
    assertThat(purse.spendOnCredit(3, false, at(0))).isTrue();
    assertThat(asked(0, 0).owed()).isEqualTo(9);
  }

  @Test
  void whatWasNotHeardIsOwedStill() {
    purse.spendOnCredit(4, false, at(0));
    asked(0, 0);
    assertThat(purse.isAsking()).isTrue();
    purse.failed();
    assertThat(purse.isAsking()).isFalse();
    purse.spendOnCredit(2, false, at(0));
    assertThat(asked(0, 0).owed()).isEqualTo(6);
  }

  @Test
  void nobodyWhoIsAwayGrantsOnCredit() {
    assertThat(purse.spendOnCredit(1, true, at(0))).isFalse();
  }

  @Test
  void whoIsAwaySpendsWhatIsInHandAndAnEvenPartOfTheRest() {
    borrow(10, 30);
    assertThat(purse.left(true, at(0))).isEqualTo(25);
    assertThat(purse.spend(26, true, at(0))).isFalse();
    assertThat(purse.spend(25, true, at(0))).isTrue();
    assertThat(purse.held()).isZero();
    assertThat(purse.spend(1, true, at(19))).isFalse();
    assertThat(purse.spend(1, true, at(20))).isTrue();
  }

  @Test
  void ofAPartOfWhatIsInHandTheRestIsLeft() {
    borrow(10, 30);
    assertThat(purse.spendShare(4, at(0))).isTrue();
    assertThat(purse.held()).isEqualTo(6);
    assertThat(purse.isEmpty()).isFalse();
    assertThat(purse.left(true, at(0))).isEqualTo(21);
  }

  @Test
  void whatWasSpentAwayIsToldAfterwards() {
    purse.spend(15, true, at(0));
    assertThat(purse.isEmpty()).isFalse();
    assertThat(asked(0, 0).owed()).isEqualTo(15);
    purse.failed();
    assertThat(asked(0, 0).owed()).isEqualTo(15);
    purse.answered(new Loan(0, 25), at(0));
    assertThat(purse.isEmpty()).isTrue();
    assertThat(purse.left(true, at(0))).as("its part begins anew").isEqualTo(12);
  }

  @Test
  void upToSoManyAreSpentFromHandAndOnCredit() {
    borrow(3, 20);
    assertThat(purse.spendUpTo(2, false, at(0))).isEqualTo(2);
    assertThat(purse.spendUpTo(4, false, at(0))).isEqualTo(4);
    assertThat(purse.held()).isZero();
    assertThat(purse.spendUpTo(10, false, at(0))).as("a quarter of 20, less 3").isEqualTo(2);
    assertThat(purse.spendUpTo(10, false, at(0))).isZero();
    assertThat(asked(0, 0).owed()).isEqualTo(5);
  }

  @Test
  void upToSoManyAreSpentByWhoIsAway() {
    borrow(3, 20);
    assertThat(purse.spendUpTo(5, true, at(0))).isEqualTo(5);
    assertThat(purse.spendUpTo(50, true, at(0))).isEqualTo(8);
    assertThat(purse.spendUpTo(50, true, at(0))).isZero();
  }

  @Test
  void whatIsLeftIsInHandOrElsewhereAndComesBackWithTime() {
    borrow(5, 10.5);
    assertThat(purse.left(false, at(0))).isEqualTo(15);
    assertThat(purse.left(false, at(100))).isEqualTo(25);
    assertThat(purse.left(false, at(60_000))).isEqualTo(40);
    assertThat(purse.granted(false, at(0))).isEqualTo(new Grant(true, 15, 0));
  }

  @Test
  void whoIsRefusedIsToldWhenThereIsEnough() {
    borrow(2, 3);
    // 10 are paced: what is asked for sooner than every 100 ms is not asked for its own sake.
    assertThat(purse.refused(20, false, at(0))).isEqualTo(new Grant(false, 5, 150));
    assertThat(purse.refused(6, false, at(0))).isEqualTo(new Grant(false, 5, 70));
    assertThat(purse.refused(1, false, at(10_000)).retryAfterMillis()).isEqualTo(1);
    purse.open(NOTHING, at(0));
    assertThat(purse.refused(1, false, at(0)).retryAfterMillis()).isEqualTo(3_600_000);
  }

  @Test
  void whoIsRefusedAwayWaitsForThePartOfTheNode() {
    borrow(2, 4);
    assertThat(purse.refused(10, true, at(0))).isEqualTo(new Grant(false, 4, 120));
  }

  @Test
  void itIsWorthAskingForWhatThereMayBe() {
    borrow(0, 12);
    assertThat(purse.isWorthAsking(12, at(0))).isTrue();
    assertThat(purse.isWorthAsking(13, at(0))).isFalse();
    assertThat(purse.isWorthAsking(13, at(10))).isTrue();
    assertThat(purse.isWorthAsking(41, at(60_000))).as("more than a burst").isFalse();
    borrow(0, 9.5);
    assertThat(purse.isWorthAsking(1, at(0))).as("less than is paced").isFalse();
    assertThat(purse.isWorthAsking(1, at(5))).isTrue();
    purse.open(new Rate(1_000, 16), at(0));
    assertThat(purse.isWorthAsking(1, at(0))).as("half of a burst is paced").isTrue();
    purse.open(NOTHING, at(0));
    assertThat(purse.isWorthAsking(0, at(0))).isFalse();
  }

  @Test
  void asMuchAsWasWantedLatelyIsAskedAhead() {
    assertThat(asked(3, 10)).isEqualTo(new Wish.Tokens("b", RATE, 3, 7, 0, 0, 0));
    purse.answered(new Loan(8, 20), at(0));
    assertThat(asked(0, 10)).isEqualTo(new Wish.Tokens("b", RATE, 0, 2, 8, 0, 0));
  }

  @Test
  void whatIsNotWantedAnyMoreGoesBack() {
    borrow(8, 20);
    assertThat(asked(0, 3)).isEqualTo(new Wish.Tokens("b", RATE, 0, 0, 3, 5, 0));
    assertThat(purse.held()).isEqualTo(3);
  }

  @Test
  void whereThereIsNothingNothingIsAskedAheadButForThoseWhoWait() {
    borrow(0, 0.99);
    assertThat(purse.wish(0, 5, at(0))).isNull();
    assertThat(asked(2, 5)).isEqualTo(new Wish.Tokens("b", RATE, 2, 3, 0, 0, 0));
    purse.answered(new Loan(0, 1), at(0));
    assertThat(asked(0, 5).ahead()).isEqualTo(5);
    purse.answered(new Loan(0, 1), at(0));
    purse.open(NOTHING, at(0));
    assertThat(asked(2, 5)).isEqualTo(new Wish.Tokens("b", NOTHING, 2, 0, 0, 0, 0));
  }

  @Test
  void othersHearOnceThatNothingIsInHandAnyMore() {
    assertThat(purse.isEmpty()).isTrue();
    assertThat(purse.wish(0, 0, at(0))).isNull();
    borrow(4, 20);
    purse.spend(4, false, at(0));
    assertThat(purse.isEmpty()).as("others count with 4").isFalse();
    assertThat(asked(0, 0)).isEqualTo(new Wish.Tokens("b", RATE, 0, 0, 0, 0, 0));
    purse.answered(new Loan(0, 20), at(0));
    assertThat(purse.isEmpty()).isTrue();
    assertThat(purse.wish(0, 0, at(0))).isNull();
  }

  @Test
  void thoseWhoWaitedSpendWhatTheyNeededAtOnce() {
    asked(3, 3);
    purse.answered(new Loan(3, 20), at(0));
    purse.spend(3, false, at(0));
    assertThat(purse.isEmpty()).isTrue();
    asked(1, 5);
    purse.answered(new Loan(3, 20), at(0));
    purse.spend(3, false, at(0));
    assertThat(purse.isEmpty()).as("others count with 2").isFalse();
  }

  @Test
  void tokensInHandLapseBeforeAWishIsMadeOfThem() {
    borrow(4, 20);
    Wish.Tokens wish = Objects.requireNonNull(purse.wish(0, 2, at(2_001)));
    assertThat(wish.held()).isZero();
    assertThat(wish.back()).isZero();
    assertThat(wish.ahead()).isEqualTo(2);
  }
}

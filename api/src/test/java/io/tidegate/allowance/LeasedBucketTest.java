package io.tidegate.allowance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** One of two nodes, of a bucket with 100 a second and a burst of 40. */
final class LeasedBucketTest {
  private static final Rate RATE = new Rate(100, 40);

  private final HeldLender lender = new HeldLender();
  private final LeasedBucket bucket = new LeasedBucket("b", lender.circle);

  private void inHand(long granted, double rest) {
    bucket.take(1, RATE);
    lender.courier.tick();
    lender.answer(granted, rest);
  }

  @Test
  void whatIsTakenOnCreditIsAskedForAtOnceWithAsMuchAgainAhead() {
    assertThat(bucket.take(8, RATE)).isEqualTo(new Grant(true, 40, 0));
    assertThat(lender.tokens()).isEqualTo(new Wish.Tokens("b", RATE, 0, 8, 0, 0, 8));
    lender.answer(8, 24);
    assertThat(bucket.take(5, RATE)).isEqualTo(new Grant(true, 27, 0));
    assertThat(bucket.take(3, RATE)).isEqualTo(new Grant(true, 24, 0));
  }

  @Test
  void nothingIsAskedWhileAnAnswerIsOutstanding() {
    bucket.take(8, RATE);
    bucket.take(2, RATE);
    lender.courier.tick();
    assertThat(lender.lent()).isEqualTo(1);
    lender.answer(0, 30);
    lender.courier.tick();
    assertThat(lender.tokens().owed()).isEqualTo(2);
  }

  @Test
  void aQuarterOfWhatWasWantedInHandIsEnoughForNow() {
    inHand(39, 0);
    assertThat(bucket.take(20, RATE).granted()).isTrue();
    assertThat(lender.isAsked()).as("19 in hand, 21 wanted lately").isFalse();
  }

  @Test
  void whoTakesWithoutWaitingIsRefusedWhatIsNotThere() {
    assertThat(bucket.take(11, RATE)).isEqualTo(new Grant(false, 40, 1));
    assertThat(lender.tokens().ahead()).as("but it was wanted").isEqualTo(11);
    lender.answer(10, 0);
    assertThat(bucket.take(11, RATE)).isEqualTo(new Grant(false, 10, 100));
  }

  @Test
  void whoAsksWaitsForTheAnswer() {
    CompletableFuture<Grant> one = bucket.asked(15, RATE);
    assertThat(one).isNotDone();
    assertThat(lender.tokens()).isEqualTo(new Wish.Tokens("b", RATE, 15, 0, 0, 0, 0));
    lender.answer(15, 25);
    assertThat(one).isCompletedWithValue(new Grant(true, 25, 0));
    assertThat(bucket.asked(30, RATE))
        .as("26 are not there")
        .isCompletedWithValue(new Grant(false, 25, 50));
  }

  @Test
  void whoAsksAndFindsItInHandDoesNotWait() {
    inHand(20, 19);
    assertThat(bucket.ask(12, RATE)).isEqualTo(new Grant(true, 27, 0));
    assertThat(lender.lent()).isEqualTo(1);
    assertThat(bucket.ask(6, RATE).granted()).isTrue();
    assertThat(lender.lent()).as("2 are in hand: more are fetched").isEqualTo(2);
  }

  @Test
  void whoGetsLessThanItAskedForIsRefused() {
    CompletableFuture<Grant> one = bucket.asked(15, RATE);
    lender.answer(12, 0);
    assertThat(one).isCompletedWithValue(new Grant(false, 12, 100));
    assertThat(bucket.take(12, RATE).granted()).as("what came is in hand").isTrue();
  }

  @Test
  void whoCameWhileOthersWereAskedForIsAskedForNext() {
    CompletableFuture<Grant> first = bucket.asked(15, RATE);
    CompletableFuture<Grant> second = bucket.asked(10, RATE);
    assertThat(lender.lent()).isEqualTo(1);
    lender.answer(15, 25);
    assertThat(first).isCompleted();
    assertThat(second).isNotDone();
    assertThat(lender.tokens().need()).isEqualTo(10);
    lender.answer(10, 15);
    assertThat(second).isCompletedWithValue(new Grant(true, 15, 0));
    assertThat(lender.isAsked()).isFalse();
  }

  @Test
  void afterAFailureThoseWhoWaitHaveThePartOfTheNode() {
    CompletableFuture<Grant> first = bucket.asked(15, RATE);
    CompletableFuture<Grant> second = bucket.asked(10, RATE);
    lender.fail();
    assertThat(first).isCompletedWithValue(new Grant(true, 5, 0));
    assertThat(second).isCompletedWithValue(new Grant(false, 5, 100));
    assertThat(bucket.take(5, RATE)).isEqualTo(new Grant(true, 0, 0));
    assertThat(lender.isAsked()).as("the next tick tries again").isFalse();
    lender.courier.tick();
    assertThat(lender.tokens().owed()).isEqualTo(20);
  }

  @Test
  void whileTheLenderIsDownNobodyWaitsForIt() {
    lender.up(false);
    assertThat(bucket.asked(15, RATE)).isCompletedWithValue(new Grant(true, 5, 0));
    assertThat(bucket.asked(15, RATE)).isCompletedWithValue(new Grant(false, 5, 200));
    assertThat(bucket.takeUpTo(9, RATE)).isEqualTo(5);
    assertThat(bucket.left(RATE)).isZero();
  }

  @Test
  void aCallThatTakesTooLongIsWaitedForNoMore() {
    bucket.take(8, RATE);
    lender.nanos.advance(HeldLender.PATIENCE.toNanos());
    assertThat(bucket.take(19, RATE).granted()).as("patient still").isFalse();
    lender.nanos.advance(1);
    assertThat(bucket.take(19, RATE)).as("an even part of 40").isEqualTo(new Grant(true, 1, 0));
  }

  @Test
  void whoHasWaitedTooLongIsServedByTheNodeItself() {
    HeldLender slow = new HeldLender(Duration.ofMillis(5));
    LeasedBucket other = new LeasedBucket("b", slow.circle);
    assertThat(other.ask(15, RATE)).as("20 less 15, and 35 elsewhere").matches(Grant::granted);
    assertThat(slow.lent()).isEqualTo(1);
    assertThat(other.ask(15, RATE).granted()).as("5 are left of its part").isFalse();
  }

  @Test
  void whatIsGivenBackIsInHandAndWasNotWanted() {
    inHand(20, 15);
    bucket.take(10, RATE);
    bucket.giveBack(10);
    assertThat(bucket.left(RATE)).isEqualTo(35);
    lender.courier.tick();
    assertThat(lender.tokens().back()).as("1 was wanted, 20 in hand").isEqualTo(19);
  }

  @Test
  void upToSoManyAreTakenAndMoreAreFetched() {
    assertThat(bucket.takeUpTo(30, RATE)).as("on credit").isEqualTo(10);
    assertThat(lender.tokens()).isEqualTo(new Wish.Tokens("b", RATE, 0, 30, 0, 0, 10));
    lender.answer(20, 0);
    assertThat(bucket.takeUpTo(8, RATE)).isEqualTo(8);
    assertThat(bucket.takeUpTo(30, RATE)).isEqualTo(12);
  }

  @Test
  void aRateOfNothingGrantsNothing() {
    Rate nothing = new Rate(0, 40);
    assertThat(bucket.takeUpTo(5, nothing)).isZero();
    assertThat(bucket.left(nothing)).isZero();
    assertThat(bucket.asked(1, nothing)).isCompletedWithValue(new Grant(false, 40, 3_600_000));
  }

  @Test
  void noMoreThanAThousandWait() {
    Rate large = new Rate(100_000, 100_000);
    for (int i = 0; i < 1_000; i++) {
      assertThat(bucket.asked(1, large)).isNotDone();
    }
    assertThat(bucket.asked(1, large)).isDone();
  }

  @Test
  void aBucketThatIsNotUsedAnyMoreRestsUntilItIs() {
    bucket.take(2, RATE);
    assertThat(lender.courier.active()).isEqualTo(1);
    lender.courier.tick();
    assertThat(bucket.rests()).as("asking").isFalse();
    lender.answer(2, 36);
    assertThat(bucket.rests()).as("in hand").isFalse();
    lender.nanos.advanceMillis(300);
    lender.courier.tick();
    assertThat(lender.tokens().back()).isEqualTo(2);
    lender.answer(0, 40);
    lender.courier.tick();
    assertThat(lender.courier.active()).isZero();
    assertThat(lender.isAsked()).isFalse();

    Rate thrifty = new Rate(1, 1);
    assertThat(bucket.take(1, thrifty).granted()).as("a quarter of 1 is none").isFalse();
    assertThat(lender.courier.active()).as("it came forward again").isEqualTo(1);
    assertThat(bucket.rests()).as("wanted lately").isFalse();
  }

  @Test
  void aBucketWhoseNodeHasNotToldEverythingDoesNotRest() {
    lender.up(false);
    bucket.take(3, RATE);
    lender.nanos.advanceMillis(300);
    assertThat(bucket.rests()).isFalse();
    lender.up(true);
    lender.courier.tick();
    assertThat(lender.tokens().owed()).as("its part has filled up again").isZero();
    lender.answer(0, 40);
    assertThat(bucket.rests()).isTrue();
  }

  @Test
  void tokensAreHeldTwoSecondsFromTheTimeTheyWereAskedFor() {
    bucket.take(2, RATE);
    lender.courier.tick();
    lender.nanos.advanceMillis(400);
    lender.answer(2, 0);
    lender.nanos.advanceMillis(1_600);
    assertThat(bucket.take(2, new Rate(1, 40)).granted()).isTrue();
    bucket.giveBack(2);
    lender.nanos.advanceMillis(1);
    assertThat(bucket.left(new Rate(1, 40))).as("what came elsewhere").isEqualTo(2);
  }

  @Test
  void itHasTheNameThatOthersKnowItBy() {
    assertThat(bucket.name()).isEqualTo("b");
  }
}

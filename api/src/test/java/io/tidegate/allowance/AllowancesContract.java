package io.tidegate.allowance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What limits may rely on. Rates are so slow that a busy machine changes nothing. */
abstract class AllowancesContract {
  static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Rate SLOW = new Rate(1, 1_000);

  private final String name = "contract-" + System.nanoTime();

  abstract Allowances allowances();

  abstract void pass(Duration time);

  @Test
  void unitsPassAsAWholeOrNotAtAll() {
    Bucket bucket = allowances().bucket(name);
    assertThat(bucket.ask(800, SLOW).granted()).isTrue();
    Grant refused = bucket.ask(400, SLOW);
    assertThat(refused.granted()).isFalse();
    assertThat(refused.left()).isBetween(200L, 260L);
    assertThat(refused.retryAfterMillis()).isBetween(140_000L, 200_000L);
    assertThat(bucket.ask(200, SLOW).granted()).isTrue();
    pass(Duration.ofSeconds(400));
    assertThat(bucket.ask(400, SLOW).granted()).isTrue();
  }

  @Test
  void aBurstOfSinglesPassesAndNoMore() {
    Bucket bucket = allowances().bucket(name);
    int granted = 0;
    for (int i = 0; i < 1_500; i++) {
      granted += bucket.ask(1, SLOW).granted() ? 1 : 0;
    }
    assertThat(granted).isBetween(1_000, 1_060);
    assertThat(bucket.left(SLOW)).isLessThan(60);
  }

  @Test
  void whoNeverWaitsGetsThemToo() {
    Bucket bucket = allowances().bucket(name);
    assertThat(bucket.take(1, SLOW).granted()).isTrue();
    long[] took = {1};
    await().atMost(PATIENCE).until(() -> (took[0] += bucket.takeUpTo(100, SLOW)) >= 1_000);
    for (int i = 0; i < 20; i++) {
      took[0] += bucket.takeUpTo(1_000, SLOW);
    }
    assertThat(took[0]).isBetween(1_000L, 1_060L);
  }

  @Test
  void whatIsGivenBackCanBeTakenAgain() {
    Bucket bucket = allowances().bucket(name);
    assertThat(bucket.ask(1_000, SLOW).granted()).isTrue();
    assertThat(bucket.ask(500, SLOW).granted()).isFalse();
    bucket.giveBack(500);
    assertThat(bucket.ask(500, SLOW).granted()).isTrue();
  }

  @Test
  void otherRateHoldsFromTheNextCallOn() {
    Bucket bucket = allowances().bucket(name);
    assertThat(bucket.ask(1_000, SLOW).granted()).isTrue();
    pass(Duration.ofMillis(500));
    Rate fast = new Rate(1_000, 1_000);
    assertThat(bucket.ask(400, fast).granted()).isTrue();
    assertThat(bucket.ask(1, Rate.perSecond(0)).granted()).isFalse();
    assertThat(bucket.ask(20, new Rate(1, 10)).granted()).isFalse();
  }

  @Test
  void rateOfNothingLetsNothingPass() {
    Rate none = Rate.perSecond(0);
    Bucket bucket = allowances().bucket(name);
    assertThat(bucket.take(1, none).granted()).isFalse();
    assertThat(bucket.ask(1, none).granted()).isFalse();
    assertThat(bucket.takeUpTo(1, none)).isZero();
    assertThat(bucket.left(none)).isZero();
  }

  @Test
  void oneAtATimePassesAgainAndAgain() {
    Bucket bucket = allowances().bucket(name);
    Rate single = new Rate(1, 1);
    for (int i = 0; i < 5; i++) {
      long before = System.nanoTime();
      assertThat(bucket.ask(1, single).granted()).as("take %d", i).isTrue();
      long left = bucket.left(single);
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - before);
      assertThat(left).as("none but what has come since").isLessThanOrEqualTo(seconds);
      pass(Duration.ofSeconds(1));
    }
  }

  @Test
  void tallyCountsUpToTheMost() {
    Tally tally = allowances().tally(name);
    assertThat(tally.enter(0)).isFalse();
    enter(tally, 2);
    enter(tally, 2);
    assertThat(tally.hasRoom(2)).isFalse();
    assertThat(tally.enter(2)).isFalse();
    assertThat(tally.count()).isEqualTo(2);
    assertThat(tally.here()).isEqualTo(2);
    tally.leave();
    assertThat(tally.here()).isEqualTo(1);
    await().atMost(PATIENCE).until(() -> tally.hasRoom(2));
    assertThat(tally.enter(2)).isTrue();
  }

  @Test
  void whoMovesInIsCountedAboveTheMostAndLeavesLikeAnyOther() {
    Tally tally = allowances().tally(name);
    enter(tally, 1);
    tally.moveIn();
    assertThat(tally.here()).isEqualTo(2);
    assertThat(tally.hasRoom(2)).isFalse();
    assertThat(tally.enter(2)).isFalse();
    tally.leave();
    assertThat(tally.here()).isEqualTo(1);
    assertThat(tally.hasRoom(1)).isFalse();
    tally.moveOut();
    assertThat(tally.here()).isZero();
    await().atMost(PATIENCE).until(() -> tally.hasRoom(1));
    assertThat(tally.enter(1)).isTrue();
  }

  @Test
  void aLoweredLimitKeepsWhoIsInAndARaisedOneHoldsAtOnce() {
    Tally tally = allowances().tally(name);
    enter(tally, Long.MAX_VALUE);
    enter(tally, Long.MAX_VALUE);
    enter(tally, 3);
    assertThat(tally.hasRoom(1)).isFalse();
    assertThat(tally.here()).isEqualTo(3);
    await().atMost(PATIENCE).until(() -> tally.hasRoom(4));
    assertThat(tally.enter(4)).isTrue();
    assertThat(tally.enter(4)).isFalse();
  }

  /** As connections do: ask first, come then. */
  static void enter(Tally tally, long most) {
    assertThat(tally.hasRoom(most)).isTrue();
    assertThat(tally.enter(most)).isTrue();
  }
}

package io.tidegate.allowance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** One of two nodes, of a tally with ten places. */
final class LeasedTallyTest {
  private static final int MOST = 10;

  private final HeldLender lender = new HeldLender(Duration.ofMinutes(1));
  private final LeasedTally tally = new LeasedTally("t", lender.circle);

  /** Of a caller that waits for an answer. */
  private CompletableFuture<Boolean> asksForRoom() {
    int before = lender.lent();
    CompletableFuture<Boolean> room = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> room.complete(tally.hasRoom(MOST)));
    await().until(() -> lender.lent() > before || room.isDone());
    return room;
  }

  /** So many places here, so many taken by others. */
  private void places(long here, long others) {
    CompletableFuture<Boolean> room = asksForRoom();
    lender.answer(here, others);
    assertThat(room.join()).isEqualTo(here > tally.here());
    lender.nanos.advanceMillis(5_001);
  }

  @Test
  void withoutALimitEverybodyEntersAndNobodyIsAsked() {
    assertThat(tally.hasRoom(Long.MAX_VALUE)).isTrue();
    assertThat(tally.enter(Long.MAX_VALUE)).isTrue();
    assertThat(lender.isAsked()).isFalse();
    assertThat(tally.here()).isEqualTo(1);
    tally.leave();
    assertThat(tally.here()).isZero();
  }

  @Test
  void whoAsksForRoomWaitsForTheAnswer() {
    CompletableFuture<Boolean> room = asksForRoom();
    assertThat(room).isNotDone();
    assertThat(lender.places()).isEqualTo(new Wish.Places("t", MOST, 0, 1, 1));
    lender.answer(1, 4);
    assertThat(room.join()).isTrue();
    assertThat(tally.enter(MOST)).isTrue();
    assertThat(tally.count()).isEqualTo(5);
    assertThat(tally.here()).isEqualTo(1);
  }

  @Test
  void whereAllPlacesAreTakenThereIsNoRoom() {
    CompletableFuture<Boolean> room = asksForRoom();
    lender.answer(0, MOST);
    assertThat(room.join()).isFalse();
    assertThat(tally.enter(MOST)).isFalse();
    assertThat(tally.count()).isEqualTo(MOST);
  }

  @Test
  void forAWhileNobodyAsksAgainInVain() {
    CompletableFuture<Boolean> room = asksForRoom();
    lender.answer(0, MOST);
    assertThat(room.join()).isFalse();
    lender.nanos.advanceMillis(99);
    assertThat(tally.hasRoom(MOST)).isFalse();
    assertThat(lender.lent()).isEqualTo(1);
    lender.nanos.advanceMillis(1);
    CompletableFuture<Boolean> again = asksForRoom();
    assertThat(lender.lent()).isEqualTo(2);
    lender.answer(1, 9);
    assertThat(again.join()).isTrue();
    assertThat(tally.hasRoom(Long.MAX_VALUE)).isTrue();
  }

  @Test
  void whoWasToldThatThereIsRoomHasItForFiveSeconds() {
    CompletableFuture<Boolean> room = asksForRoom();
    lender.answer(2, 8);
    assertThat(room.join()).isTrue();
    assertThat(tally.hasRoom(MOST)).as("the second place").isTrue();
    CompletableFuture<Boolean> third = asksForRoom();
    assertThat(lender.places()).isEqualTo(new Wish.Places("t", MOST, 0, 3, 3));
    lender.answer(2, 8);
    assertThat(third.join()).isFalse();

    lender.nanos.advanceMillis(5_000);
    assertThat(asksForRoom()).as("promised still").isNotDone();
    lender.answer(2, 8);
    lender.nanos.advanceMillis(1);
    assertThat(tally.hasRoom(MOST)).isTrue();
  }

  @Test
  void whoEntersTakesThePlaceThatWasPromised() {
    CompletableFuture<Boolean> room = asksForRoom();
    lender.answer(2, 8);
    assertThat(room.join()).isTrue();
    assertThat(tally.enter(MOST)).isTrue();
    assertThat(tally.hasRoom(MOST)).as("the other place").isTrue();
    assertThat(tally.enter(MOST)).isTrue();
    assertThat(tally.enter(MOST)).isFalse();
    tally.leave();
    assertThat(tally.enter(MOST)).isTrue();
  }

  @Test
  void whoTakesTheLastPlaceHasMoreFetched() {
    places(2, 0);
    assertThat(tally.enter(MOST)).isTrue();
    assertThat(lender.isAsked()).as("one is left").isFalse();
    assertThat(tally.enter(MOST)).isTrue();
    assertThat(lender.places()).isEqualTo(new Wish.Places("t", MOST, 2, 2, 4));
    lender.answer(4, 6);
    assertThat(tally.enter(MOST)).isTrue();
    assertThat(tally.count()).isEqualTo(9);
  }

  @Test
  void whileAnAnswerIsOutstandingNothingElseIsAsked() {
    places(1, 0);
    assertThat(tally.enter(MOST)).isTrue();
    assertThat(lender.isAsked()).isTrue();
    int lent = lender.lent();
    lender.courier.tick();
    assertThat(tally.enter(MOST)).isFalse();
    assertThat(lender.lent()).isEqualTo(lent);
  }

  @Test
  void aLimitThatBecomesSmallerRefusesNewOnesAndKeepsThoseWhoAreHere() {
    places(4, 0);
    for (int i = 0; i < 3; i++) {
      assertThat(tally.enter(MOST)).isTrue();
    }
    assertThat(tally.enter(2)).isFalse();
    assertThat(tally.here()).isEqualTo(3);
    lender.courier.tick();
    assertThat(lender.places().most()).isEqualTo(2);
    assertThat(lender.places().inUse()).isEqualTo(3);
    lender.answer(0, 0);
    assertThat(tally.here()).isEqualTo(3);
    assertThat(tally.enter(MOST)).isFalse();
    tally.leave();
    assertThat(tally.enter(MOST)).as("it has as many places as were counted here").isTrue();
  }

  @Test
  void thatPlacesAreInUseIsSaidEveryTwoSeconds() {
    places(2, 0);
    assertThat(tally.enter(MOST)).isTrue();
    lender.courier.tick();
    lender.answer(1, 0);
    lender.nanos.advanceMillis(300);
    lender.courier.tick();
    while (lender.isAsked()) {
      lender.answer(1, 0);
    }
    int lent = lender.lent();
    lender.nanos.advanceMillis(1_600);
    lender.courier.tick();
    assertThat(lender.lent()).isEqualTo(lent);
    lender.nanos.advanceMillis(400);
    lender.courier.tick();
    assertThat(lender.places()).isEqualTo(new Wish.Places("t", MOST, 1, 1, 1));
  }

  @Test
  void placesThatAreNotUsedGoBackAndAreNotFilledMeanwhile() {
    places(5, 0);
    assertThat(tally.enter(MOST)).isTrue();
    lender.nanos.advanceMillis(300);
    lender.courier.tick();
    assertThat(lender.places()).isEqualTo(new Wish.Places("t", MOST, 1, 1, 1));
    assertThat(tally.enter(MOST)).isFalse();
    lender.answer(1, 0);
  }

  @Test
  void aTallyOfNobodyRestsOnceItIsTold() {
    places(1, 0);
    assertThat(tally.enter(MOST)).isTrue();
    lender.courier.tick();
    while (lender.isAsked()) {
      lender.answer(1, 0);
    }
    assertThat(tally.rests()).as("one is here").isFalse();
    tally.leave();
    assertThat(tally.rests()).as("others count with it").isFalse();
    lender.nanos.advanceMillis(300);
    lender.courier.tick();
    assertThat(lender.places()).isEqualTo(new Wish.Places("t", MOST, 0, 0, 0));
    assertThat(tally.rests()).as("asking").isFalse();
    lender.answer(0, 0);
    lender.courier.tick();
    assertThat(lender.courier.active()).isZero();
    assertThat(lender.isAsked()).isFalse();

    assertThat(tally.enter(MOST)).as("its places went back").isFalse();
    assertThat(lender.isAsked()).as("it came forward again").isTrue();
  }

  @Test
  void afterAFailureAndWhileTheLenderIsDownTheNodeHasItsEvenPart() {
    CompletableFuture<Boolean> room = asksForRoom();
    lender.fail();
    assertThat(room.join()).isTrue();
    assertThat(tally.enter(MOST)).isTrue();
    for (int i = 1; i < 5; i++) {
      assertThat(tally.hasRoom(MOST)).as("%d are here", i).isTrue();
      assertThat(tally.enter(MOST)).isTrue();
    }
    assertThat(tally.hasRoom(MOST)).isFalse();
    assertThat(tally.enter(MOST)).isFalse();
    assertThat(lender.isAsked()).as("the next tick tries again").isFalse();
    lender.courier.tick();
    assertThat(lender.places().inUse()).isEqualTo(5);
    lender.answer(6, 0);
    assertThat(tally.enter(MOST)).isTrue();
    lender.up(false);
    assertThat(tally.enter(MOST)).isFalse();
    assertThat(tally.enter(0)).isFalse();
    assertThat(new LeasedTally("u", lender.circle).enter(1)).as("one at least").isTrue();
  }

  @Test
  void whoHasWaitedTooLongIsToldByTheNodeItself() {
    HeldLender slow = new HeldLender(Duration.ofMillis(5));
    LeasedTally other = new LeasedTally("t", slow.circle);
    assertThat(other.hasRoom(MOST)).isTrue();
    slow.fail();
    for (int i = 0; i < 5; i++) {
      assertThat(other.enter(MOST)).isTrue();
    }
    slow.courier.tick();
    slow.answer(5, 5);
    assertThat(other.hasRoom(MOST)).isFalse();
  }

  @Test
  void noMoreThanAThousandPlacesAreFetchedAhead() {
    long many = 10_000;
    for (int i = 0; i < 1_500; i++) {
      tally.enter(many);
    }
    lender.answer(1, 0);
    lender.courier.tick();
    assertThat(lender.places().want()).isEqualTo(1_000);
  }

  @Test
  void itHasTheNameThatOthersKnowItBy() {
    assertThat(tally.name()).isEqualTo("t");
  }
}

package io.tidegate.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochEnd;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Head;
import io.tidegate.channel.Message;
import io.tidegate.channel.Position;
import io.tidegate.frame.EncodedMessage;
import io.tidegate.store.Replay;
import io.tidegate.trace.UnitTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One channel's order, driven by hand: what comes from the broker, what the store answers. */
class OrderTest implements Order.Out {
  private static final ChannelId CHANNEL =
      new ChannelId(new AppId("482913"), new ChannelName("room"));
  private static final Epoch A = new Epoch("A");
  private static final Epoch B = new Epoch("B");
  private static final Epoch C = new Epoch("C");

  /** Each as {@code A 3 4}, or {@code -> B 7 reason}. */
  private final List<String> out = new ArrayList<>();

  private final Order order = new Order(this);

  @Override
  public void deliver(Epoch epoch, List<Message> messages, @Nullable UnitTrace trace) {
    StringBuilder run = new StringBuilder(epoch.value());
    messages.forEach(message -> run.append(' ').append(message.seq()));
    out.add(run.toString());
  }

  @Override
  public void jump(Position to, String reason) {
    out.add("-> " + to.epoch() + " " + to.seq() + " " + reason);
  }

  private List<String> told() {
    List<String> all = List.copyOf(out);
    out.clear();
    return all;
  }

  /** A message whose id and time follow from its seq, as they do in a store that loses nothing. */
  private static Message message(long seq) {
    return message("m" + seq, seq, seq);
  }

  private static Message message(String id, long seq, long millis) {
    return new Message(seq, id, null, new byte[] {'1'}, null, null, null, millis, null, null);
  }

  private static List<Message> run(long... seqs) {
    return LongStream.of(seqs).mapToObj(OrderTest::message).toList();
  }

  private static Head head(long last, EpochStart... epochs) {
    return new Head(List.of(epochs), 1, last);
  }

  private static EpochStart from(Epoch epoch, long firstSeq) {
    return new EpochStart(epoch, firstSeq);
  }

  private static Replay.Block found(Head head, List<Message> messages) {
    return new Replay.Block(
        head,
        messages.stream().map(one -> new EncodedMessage(CHANNEL, head.epoch(), one)).toList());
  }

  private void startAt(long last) {
    order.start(head(last, from(A, 1)));
    order.started();
  }

  private void comes(Epoch epoch, long... seqs) {
    order.onMessages(epoch, run(seqs), null);
  }

  /** In A, with 1 to 3 delivered. */
  private void startAndDeliver() {
    startAt(0);
    comes(A, 1, 2, 3);
    assertThat(told()).containsExactly("A 1 2 3");
  }

  @Test
  void theNextIsHandedOnAndWhatWasIsDropped() {
    startAndDeliver();
    comes(A, 2, 3);
    comes(A, 3);
    assertThat(order.isInNeed()).isFalse();
    comes(A, 3, 4, 5);
    comes(A, 6);
    assertThat(told()).containsExactly("A 4 5", "A 6");
    assertThat(order.position()).isEqualTo(new Position(A, 6));
    assertThat(order.isInNeed()).isFalse();
  }

  @Test
  void nothingIsKnownBeforeTheStoreHasSaidWhereTheChannelIs() {
    comes(A, 1, 2);
    order.doubt();
    assertThat(order.position()).isNull();
    assertThat(order.isInNeed()).isFalse();
    assertThat(told()).isEmpty();
    assertThatThrownBy(order::ask).isInstanceOf(IllegalStateException.class);
    startAt(1);
    assertThat(told()).containsExactly("A 2");
  }

  @Test
  void aHoleIsHeldUntilItIsFilled() {
    startAndDeliver();
    comes(A, 5);
    comes(A, 7);
    assertThat(order.isInNeed()).isTrue();
    comes(A, 4);
    comes(A, 8);
    assertThat(told()).containsExactly("A 4", "A 5");
    comes(A, 6);
    assertThat(told()).containsExactly("A 6", "A 7 8");
    assertThat(order.isInNeed()).isFalse();
  }

  @Test
  void aHoleIsFilledFromTheStore() {
    startAndDeliver();
    comes(A, 6);
    Order.Ask ask = order.ask();
    assertThat(ask.from()).isEqualTo(4);
    Replay.Block block = found(head(6, from(A, 1)), run(4, 5, 6));
    assertThat(order.answer(ask, block)).isEqualTo(Order.Next.REST);
    assertThat(told()).containsExactly("A 4 5 6");
    assertThat(order.isInNeed()).isFalse();
  }

  @Test
  void theStoreIsAskedAgainUntilTheHoleIsFilled() {
    startAndDeliver();
    comes(A, 300);
    Replay.Block block = found(head(300, from(A, 1)), run(4, 5));
    assertThat(order.answer(order.ask(), block)).isEqualTo(Order.Next.ASK);
    assertThat(told()).containsExactly("A 4 5");
    assertThat(order.isInNeed()).isTrue();
    assertThat(order.ask().from()).isEqualTo(6);
  }

  @Test
  void whatCameMeanwhileIsNotAskedForAgain() {
    startAndDeliver();
    comes(A, 6);
    Order.Ask ask = order.ask();
    comes(A, 4, 5);
    assertThat(told()).containsExactly("A 4 5", "A 6");
    Replay.Block block = found(head(5, from(A, 1)), run(4, 5));
    assertThat(order.answer(ask, block)).isEqualTo(Order.Next.REST);
    assertThat(told()).isEmpty();
    assertThat(order.isInNeed()).isFalse();
  }

  @Test
  void whatTheStoreNoLongerHasIsALoss() {
    startAndDeliver();
    comes(A, 9);
    Head head = new Head(List.of(from(A, 1)), 7, 9);
    assertThat(order.answer(order.ask(), found(head, run(7, 8)))).isEqualTo(Order.Next.REST);
    assertThat(told()).containsExactly("-> A 6 loss", "A 7 8", "A 9");
  }

  @Test
  void whatTheStoreNeverHadIsALossUpToWhatIsHeld() {
    startAndDeliver();
    comes(A, 6, 7);
    Head head = new Head(List.of(from(A, 1)), 8, 7);
    assertThat(order.answer(order.ask(), found(head, List.of()))).isEqualTo(Order.Next.REST);
    assertThat(told()).containsExactly("-> A 5 loss", "A 6 7");
    assertThat(order.isInNeed()).isFalse();
  }

  @Test
  void aLossWithNothingHeldGoesToTheHead() {
    startAndDeliver();
    order.doubt();
    Head head = new Head(List.of(from(A, 1)), 8, 7);
    assertThat(order.answer(order.ask(), found(head, List.of()))).isEqualTo(Order.Next.REST);
    assertThat(told()).containsExactly("-> A 7 loss");
    comes(A, 8);
    assertThat(told()).containsExactly("A 8");
  }

  @Test
  void anAnnouncedEpochBeginsAtItsFirstSeq() {
    startAndDeliver();
    order.onEpoch(from(B, 4), EpochEnd.RULES);
    comes(B, 4);
    order.onEpoch(from(B, 4), EpochEnd.RULES);
    assertThat(told()).containsExactly("-> B 3 rules", "B 4");
    assertThat(order.isInNeed()).isFalse();
  }

  @Test
  void aMessageOfTheNextEpochWaitsForTheJump() {
    startAndDeliver();
    comes(B, 5);
    assertThat(told()).isEmpty();
    assertThat(order.isInNeed()).isTrue();
    comes(A, 4);
    assertThat(told()).containsExactly("A 4");
    order.onEpoch(from(B, 5), EpochEnd.DELETED);
    assertThat(told()).containsExactly("-> B 4 deleted", "B 5");
  }

  @Test
  void ofTwoEpochsWithTheSameSeqsTheStoreSaysWhichOne() {
    startAndDeliver();
    comes(B, 5);
    comes(A, 4, 5);
    comes(A, 4);
    comes(A, 5);
    assertThat(told()).containsExactly("A 4");
    Replay.Block block = found(head(5, from(A, 1), from(B, 5)), List.of());
    assertThat(order.answer(order.ask(), block)).isEqualTo(Order.Next.REST);
    assertThat(told()).containsExactly("-> B 4 epoch", "B 5");
  }

  @Test
  void whatFollowedInTheOldEpochIsForgottenWithIt() {
    startAndDeliver();
    comes(A, 6, 7);
    order.onEpoch(from(B, 6), EpochEnd.EPOCH);
    comes(B, 6);
    assertThat(told()).containsExactly("-> B 5 epoch", "B 6");
    comes(B, 7);
    comes(A, 8);
    assertThat(told()).as("A has ended").containsExactly("B 7");
  }

  @Test
  void anEpochThatWasNotAnnouncedIsFoundInTheStore() {
    startAndDeliver();
    comes(B, 5);
    Replay.Block first = found(head(5, from(A, 1), from(B, 4)), run(4, 5));
    assertThat(order.answer(order.ask(), first)).isEqualTo(Order.Next.ASK);
    assertThat(told()).containsExactly("-> B 3 epoch");
    Order.Ask again = order.ask();
    assertThat(again.from()).isEqualTo(4);
    assertThat(order.answer(again, first)).isEqualTo(Order.Next.REST);
    assertThat(told()).containsExactly("B 4 5");
  }

  @Test
  void whatIsHeldOfAnEpochFoundInTheStoreNeedsNoOtherRead() {
    startAndDeliver();
    comes(C, 4);
    comes(B, 5, 6);
    Replay.Block block = found(head(6, from(A, 1), from(B, 5)), List.of());
    assertThat(order.answer(order.ask(), block)).isEqualTo(Order.Next.REST);
    assertThat(told()).containsExactly("-> B 4 epoch", "B 5 6");
    assertThat(order.isInNeed()).as("what is of no epoch is forgotten").isFalse();
  }

  @Test
  void aLossyFailOverGoesBackToWhereTheNewEpochBegins() {
    startAt(0);
    comes(A, 1, 2, 3, 4, 5);
    comes(A, 7);
    comes(B, 4);
    told();
    Replay.Block block = found(head(4, from(A, 1), from(B, 4)), List.of());
    assertThat(order.answer(order.ask(), block)).isEqualTo(Order.Next.REST);
    comes(A, 6);
    comes(A, 5, 6);
    comes(B, 5);
    assertThat(told()).containsExactly("-> B 3 epoch", "B 4", "B 5");
  }

  @Test
  void aMessageOfAnEndedEpochRaisesDoubtOnlyPastTheRun() {
    startAndDeliver();
    order.onEpoch(from(B, 4), EpochEnd.EPOCH);
    comes(A, 3);
    assertThat(order.isInNeed()).isFalse();
    comes(A, 4);
    assertThat(order.isInNeed()).isTrue();
    Replay.Block block = found(head(3, from(A, 1), from(B, 4)), List.of());
    assertThat(order.answer(order.ask(), block)).isEqualTo(Order.Next.REST);
    assertThat(told()).containsExactly("-> B 3 epoch");
  }

  @Test
  void anAnnouncementThatCannotBeTheNewestIsDoubted() {
    startAt(3);
    order.onEpoch(from(B, 3), EpochEnd.EPOCH);
    assertThat(order.isInNeed()).isTrue();
    assertThat(told()).isEmpty();
    Order.Ask ask = order.ask();
    assertThat(order.isInNeed()).isFalse();
    assertThat(order.answer(ask, found(head(3, from(A, 1)), List.of()))).isEqualTo(Order.Next.REST);
    order.onEpoch(from(B, 4), EpochEnd.EPOCH);
    order.onEpoch(from(C, 4), EpochEnd.EPOCH);
    assertThat(order.isInNeed()).as("B begins there already").isTrue();
    order.onEpoch(from(A, 9), EpochEnd.EPOCH);
    assertThat(told()).containsExactly("-> B 3 epoch");
  }

  @Test
  void anEpochAnnouncedBeforeTheStartIsJumpedIntoAfterIt() {
    order.onEpoch(from(B, 4), EpochEnd.RULES);
    comes(B, 4);
    assertThat(order.isInNeed()).isFalse();
    startAt(3);
    assertThat(told()).containsExactly("-> B 3 rules", "B 4");
    assertThat(order.isInNeed()).isFalse();
  }

  @Test
  void anEpochBeforeThoseOfTheStartHasEnded() {
    order.start(head(5, from(A, 1), from(B, 4)));
    order.started();
    comes(A, 5);
    order.onEpoch(from(A, 6), EpochEnd.EPOCH);
    assertThat(order.isInNeed()).isFalse();
    comes(B, 6);
    assertThat(told()).containsExactly("B 6");
  }

  @Test
  void anAnswerFromBeforeAJumpIsNotFollowed() {
    startAndDeliver();
    order.doubt();
    Order.Ask ask = order.ask();
    order.onEpoch(from(B, 4), EpochEnd.EPOCH);
    told();
    assertThat(order.answer(ask, found(head(3, from(A, 1)), List.of()))).isEqualTo(Order.Next.ASK);
    assertThat(order.isInNeed()).isTrue();
    assertThat(order.answer(ask, found(head(3, from(C, 2)), List.of()))).isEqualTo(Order.Next.ASK);
    assertThat(told()).isEmpty();
    assertThat(order.answer(ask, found(head(2, from(B, 3)), List.of())))
        .as("in the new epoch what was asked for in the old one says nothing")
        .isEqualTo(Order.Next.REST);
  }

  @Test
  void aStoreThatEndsBelowWhatWasHandedOnIsSuperseded() {
    startAndDeliver();
    order.doubt();
    Order.Ask ask = order.ask();
    assertThat(order.answer(ask, found(head(2, from(A, 1)), List.of())))
        .isEqualTo(Order.Next.SUPERSEDE);
    assertThat(order.isInNeed()).isTrue();
    comes(A, 4);
    assertThat(told()).as("foreign, under an old epoch").isEmpty();
    Replay.Block next = found(head(4, from(A, 1), from(B, 5)), List.of());
    assertThat(order.answer(order.ask(), next)).isEqualTo(Order.Next.REST);
    comes(B, 5);
    assertThat(told()).containsExactly("-> B 4 epoch", "B 5");
  }

  @Test
  void aStoreThatIsInAnEndedEpochIsSuperseded() {
    startAndDeliver();
    order.onEpoch(from(B, 4), EpochEnd.EPOCH);
    comes(A, 9);
    assertThat(order.answer(order.ask(), found(head(9, from(A, 1)), run(4))))
        .isEqualTo(Order.Next.SUPERSEDE);
    comes(B, 4);
    assertThat(told()).containsExactly("-> B 3 epoch");
  }

  @Test
  void seqsThatAreGivenAnewStopTheRunUntilTheStoreHasBeenAsked() {
    startAndDeliver();
    order.onMessages(A, List.of(message("another", 3, 50)), null);
    assertThat(order.isInNeed()).isTrue();
    comes(A, 4);
    assertThat(told()).isEmpty();
    Order.Ask ask = order.ask();
    assertThat(ask.from()).isEqualTo(3);
    Replay.Block foreign =
        found(head(4, from(A, 1)), List.of(message("another", 3, 50), message(4)));
    assertThat(order.answer(ask, foreign)).isEqualTo(Order.Next.SUPERSEDE);
    assertThat(told()).isEmpty();
  }

  @Test
  void aRunThatOnlySeemedToBreakGoesOn() {
    startAndDeliver();
    order.onMessages(A, List.of(message("m3", 3, 50)), null);
    comes(A, 4);
    Replay.Block same = found(head(4, from(A, 1)), run(3, 4));
    assertThat(order.answer(order.ask(), same)).isEqualTo(Order.Next.REST);
    assertThat(told()).containsExactly("A 4");
    order.onMessages(A, List.of(message("m4", 4, 50)), null);
    comes(A, 5);
    Replay.Block gone = found(new Head(List.of(from(A, 1)), 5, 5), run(5));
    assertThat(order.answer(order.ask(), gone)).isEqualTo(Order.Next.REST);
    assertThat(told()).as("no longer kept is not other").containsExactly("A 5");
    order.onMessages(A, List.of(message("m5", 5, 50)), null);
    Replay.Block none = found(new Head(List.of(from(A, 1)), 6, 5), List.of());
    assertThat(order.answer(order.ask(), none)).isEqualTo(Order.Next.REST);
    comes(A, 6);
    assertThat(told()).containsExactly("A 6");
  }

  @Test
  void anOldSeqAtTheStartIsLookedIntoWithoutStoppingTheRun() {
    startAt(3);
    order.onMessages(A, List.of(message("late", 3, 50)), null);
    assertThat(order.isInNeed()).isTrue();
    comes(A, 4);
    assertThat(told()).containsExactly("A 4");
    assertThat(order.ask().from()).isEqualTo(5);
  }

  @Test
  void moreThanCanBeHeldIsReadLater() {
    startAt(0);
    for (int seq = 2; seq < 2_000; seq++) {
      comes(A, seq);
    }
    comes(A, 1);
    List<String> runs = told();
    assertThat(runs).hasSize(2);
    assertThat(runs.getFirst()).isEqualTo("A 1");
    assertThat(runs.getLast()).startsWith("A 2 3 ").endsWith(" 1001");
    assertThat(order.isInNeed()).isTrue();
    Order.Ask ask = order.ask();
    assertThat(ask.from()).isEqualTo(1_002);
  }

  @Test
  void onlyTheLastEpochsAreKnownToHaveEnded() {
    startAt(0);
    for (int i = 1; i <= Head.MAX_EPOCHS + 1; i++) {
      order.onEpoch(from(new Epoch("e" + i), i + 1), EpochEnd.DELETED);
    }
    told();
    comes(new Epoch("e1"), 50);
    Order.Ask ask = order.ask();
    Head same = head(Head.MAX_EPOCHS + 1, from(new Epoch("e9"), 10));
    assertThat(order.answer(ask, found(same, List.of()))).isEqualTo(Order.Next.REST);
    comes(A, 50);
    assertThat(order.isInNeed()).as("held, as of an epoch that is to come").isTrue();
  }

  @Test
  void whatTheTrailSaysIsAskedForUnlessItComesByItself() {
    startAndDeliver();
    assertThat(order.seen(new Position(A, 3))).isFalse();
    assertThat(order.isInNeed()).isFalse();
    assertThat(order.seen(new Position(A, 5))).isTrue();
    assertThat(order.isInNeed()).isTrue();
    comes(A, 4, 5);
    assertThat(order.isInNeed()).isFalse();
  }

  @Test
  void anEpochThatTheTrailNamesIsAskedForUnlessItHasEnded() {
    startAndDeliver();
    assertThat(order.seen(new Position(B, 3))).isTrue();
    Order.Ask ask = order.ask();
    assertThat(order.answer(ask, found(head(3, from(A, 1), from(B, 4)), List.of())))
        .isEqualTo(Order.Next.REST);
    assertThat(told()).containsExactly("-> B 3 epoch");
    assertThat(order.seen(new Position(A, 3))).isFalse();
    assertThat(order.isInNeed()).isFalse();
  }

  @Test
  void whatTheTrailSaysBeforeTheStartIsAskedForAfterIt() {
    assertThat(order.seen(new Position(A, 4))).isTrue();
    startAt(3);
    assertThat(order.isInNeed()).isTrue();
  }

  @Test
  void aDoubtThatComesWhileTheStoreIsAskedIsAskedAgain() {
    startAndDeliver();
    order.doubt();
    Order.Ask ask = order.ask();
    order.seen(new Position(B, 3));
    assertThat(order.answer(ask, found(head(3, from(A, 1)), List.of()))).isEqualTo(Order.Next.ASK);
    ask = order.ask();
    order.seen(new Position(A, 4));
    assertThat(order.answer(ask, found(head(3, from(A, 1)), List.of()))).isEqualTo(Order.Next.REST);
    assertThat(order.isInNeed()).isTrue();
  }

  @Test
  void aChannelThatIsSomewhereElseOrUnknownIsAskedFor() {
    startAndDeliver();
    assertThat(order.compare(new Position(A, 3))).isFalse();
    assertThat(order.isInNeed()).isFalse();
    assertThat(order.compare(new Position(A, 2))).isTrue();
    order.ask();
    assertThat(order.compare(null)).isTrue();
    assertThat(order.isInNeed()).isTrue();
  }
}

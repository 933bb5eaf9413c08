package io.tidegate.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.faults.check.Violation.Kind;
import io.tidegate.faults.history.Event.Action;
import io.tidegate.faults.history.Event.Outcome;
import org.junit.jupiter.api.Test;

/** What the checker holds against a gateway, one promise at a time. */
class CheckerTest {
  private static final Allowed WINDOWS_LOST = Allowed.REDIS_LOST;

  /** Two messages, published, delivered and kept. */
  private static History good() {
    return new History()
        .subscribed("ws", "e", 0)
        .published("m1", "e", 1)
        .published("m2", "e", 2)
        .delivered("ws", 1, "m1")
        .delivered("ws", 2, "m2");
  }

  private static void broken(History history, Kind... kinds) {
    assertThat(history.check().counts().keySet()).containsExactlyInAnyOrder(kinds);
  }

  @Test
  void whatIsWellIsNotComplainedOf() {
    broken(good().kept(0, "e", 1, "m1").kept(0, "e", 2, "m2").head(0, "e", 2));
  }

  @Test
  void anAcknowledgedMessageThatIsNotKeptIsLost() {
    broken(good().published("m3", "e", 3).kept(0, "e", 1, "m1").kept(0, "e", 2, "m2"), Kind.LOST);
  }

  @Test
  void aSubscriberThatDoesNotComeToTheEndHasLostTheRest() {
    broken(good().head(0, "e", 3), Kind.LOST);
  }

  @Test
  void aHoleInHistoryIsALoss() {
    broken(good().kept(0, "e", 1, "m1").published("m4", "e", 4).kept(0, "e", 4, "m4"), Kind.LOST);
  }

  @Test
  void aSkippedSeqIsAGap() {
    broken(good().published("m4", "e", 4).delivered("ws", 4, "m4"), Kind.GAP);
  }

  @Test
  void aResumeThatBeginsElsewhereIsAGap() {
    broken(good().resumed("ws", "e", 2, 3, true), Kind.GAP);
  }

  @Test
  void whatComesAgainIsADuplicate() {
    broken(good().delivered("ws", 2, "m2"), Kind.DUPLICATE);
  }

  @Test
  void oneIdAtTwoPlacesIsADuplicate() {
    broken(good().delivered("ws", 3, "m2"), Kind.DUPLICATE);
    broken(
        good().kept(0, "e", 1, "m1").kept(0, "e", 2, "m2").kept(0, "e", 3, "m2"),
        Kind.DUPLICATE,
        Kind.ANSWERED_OTHERWISE);
  }

  @Test
  void whatComesBehindALaterOneIsReordered() {
    broken(
        good().published("m3", "e", 3).delivered("ws", 3, "m3").delivered("ws", 2, "m2"),
        Kind.REORDERED,
        Kind.DUPLICATE);
  }

  @Test
  void whoAsksAfterAnAnswerGetsALaterSeq() {
    broken(new History().published("m2", "e", 2).published("m1", "e", 1), Kind.REORDERED);
  }

  @Test
  void anotherMessageAtAPlaceIsTwoContents() {
    broken(
        good().sent("m9", 1, "m9").subscribed("sse", "e", 0).delivered("sse", 1, "m9"),
        Kind.TWO_CONTENTS);
  }

  @Test
  void aRefusedMessageIsNowhere() {
    History refused = good().sent("m3", 1, "m3").answered("m3", 1, Outcome.REFUSED);
    broken(refused.delivered("ws", 3, "m3"), Kind.ABORTED_READ);
  }

  @Test
  void whatWasUnknownOnceMayBeThere() {
    History unknown = good().sent("m3", 1, "m3").answered("m3", 1, Outcome.UNKNOWN);
    broken(unknown.sent("m3", 2, "m3").answered("m3", 2, Outcome.REFUSED).delivered("ws", 3, "m3"));
  }

  @Test
  void aRetryHasTheFirstAnswer() {
    broken(good().sent("m2", 2, "m2").acknowledged("m2", 2, "e", 2L));
    broken(good().sent("m2", 2, "m2").acknowledged("m2", 2, "e", 3L), Kind.ANSWERED_OTHERWISE);
  }

  @Test
  void somethingOfAnotherTenantIsALeak() {
    broken(good().sent("m3", 1, "m3").delivered("ws", 3, "m3", "B/durable:0/m3/0"), Kind.LEAK);
  }

  @Test
  void whatNobodyPublishedIsALeak() {
    broken(good().delivered("ws", 3, "m3"), Kind.LEAK);
  }

  @Test
  void anAnnouncedJumpIsForLossesOnly() {
    History lost = good().in("window:0").subscribed("ws", "e", 5).jumped("ws", "e2", 5, 9);
    assertThat(lost.check(WINDOWS_LOST).isEmpty()).isTrue();
    broken(lost, Kind.NEEDLESS_JUMP);
    broken(good().jumped("ws", "e2", 2, 9), Kind.NEEDLESS_JUMP);
  }

  @Test
  void aJumpFromWhereNobodyWasIsAGap() {
    History none = new History().in("none:0").subscribed("ws", "e", 5);
    broken(none.jumped("ws", "e", 4, 9), Kind.GAP);
  }

  @Test
  void aMemberThatIsGoneAndShownIsAGhost() {
    broken(
        new History().member(Action.ENTERED).seen("ws", "enter", "ada/c1").member(Action.LEAVING),
        Kind.GHOST);
  }

  @Test
  void aMemberThatIsThereAndNotShownIsAbsent() {
    broken(new History().member(Action.ENTERED).seen("ws", "sync").passes(1_000), Kind.ABSENT);
  }

  @Test
  void aMemberBackInTimeDoesNotFlicker() {
    History away =
        new History()
            .member(Action.ENTERED)
            .seen("ws", "enter", "ada/c1")
            .member(Action.GONE)
            .passes(2_000)
            .seen("ws", "leave", "ada/c1");
    broken(away.member(Action.RESUMED).seen("ws", "enter", "ada/c1"), Kind.FLICKER);
  }

  @Test
  void aMemberOfANodeThatIsApartMayBeShownAsGoneMeanwhile() {
    History apart =
        new History()
            .member(Action.ENTERED)
            .seen("ws", "enter", "ada/c1")
            .phase(100, "apart", "0")
            .seen("ws", "leave", "ada/c1")
            .phase(200, "healed", "")
            .seen("ws", "enter", "ada/c1");
    assertThat(apart.check(Allowed.ONE_APART).isEmpty()).isTrue();
    broken(apart, Kind.FLICKER);
  }

  @Test
  void aMemberOfAnotherNodeMayNot() {
    History apart =
        new History()
            .member(Action.ENTERED)
            .seen("ws", "enter", "ada/c1")
            .phase(100, "apart", "1")
            .seen("ws", "leave", "ada/c1")
            .phase(200, "healed", "")
            .seen("ws", "enter", "ada/c1");
    assertThat(apart.check(Allowed.ONE_APART).counts()).containsOnlyKeys(Kind.FLICKER);
  }

  @Test
  void aMemberAwayForLongMayBeShownAsGone() {
    History away =
        new History()
            .member(Action.ENTERED)
            .seen("ws", "enter", "ada/c1")
            .member(Action.GONE)
            .passes(16_000)
            .seen("ws", "leave", "ada/c1");
    broken(away.member(Action.RESUMED).seen("ws", "enter", "ada/c1"));
  }

  /** What a node of the version before cannot read it can say, and no other node. */
  @Test
  void aGoodKeyIsGoneOnWith() {
    broken(good().anew(false), Kind.NOT_RESUMED);
    broken(good().anew(true));
  }
}

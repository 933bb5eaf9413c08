package io.tidegate.scenarios.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.scenarios.judge.Event.Got;
import io.tidegate.scenarios.judge.Event.Jump;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private static final List<Sent> SENT =
      IntStream.rangeClosed(1, 5).mapToObj(JudgeTest::sent).toList();

  @Test
  void whatCameOnceAndInOrderIsGood() {
    assertThat(judged(false, got(1), got(2), got(3), got(4), got(5))).isEmpty();
  }

  @Test
  void aLostMessageIsSeenWhereverItWas() {
    assertThat(judged(false, got(1), got(2), got(3), got(4))).containsExactly("lost: " + sent(5));
    assertThat(judged(false, got(2), got(3), got(4), got(5))).containsExactly("lost: " + sent(1));
    assertThat(judged(false, got(1), got(2), got(4), got(5)))
        .containsExactlyInAnyOrder("silent gap: e:2 to e:4", "lost: " + sent(3));
  }

  @Test
  void aMessageThatComesTwiceIsSeen() {
    assertThat(judged(false, got(1), got(2), got(2), got(3), got(4), got(5)))
        .contains("twice: m2 at e:2");
  }

  @Test
  void anIdAtAnotherPlaceIsSeen() {
    Got again = new Got("c", "m5", new Place("e", 6), "", Optional.empty());
    assertThat(judged(false, got(1), got(2), got(3), got(4), got(5), again))
        .contains("twice: m5 at e:6");
  }

  @Test
  void orderThatDoesNotRiseIsSeen() {
    assertThat(judged(false, got(1), got(3), got(2), got(4), got(5)))
        .contains("silent gap: e:1 to e:3", "out of order: e:3 to e:2");
  }

  @Test
  void anotherEpochWithoutAWordIsSeen() {
    Got other = new Got("c", "new", new Place("f", 6), "", Optional.empty());
    assertThat(judged(true, got(1), got(2), got(3), got(4), got(5), other))
        .containsExactly("out of order: e:5 to f:6");
  }

  @Test
  void anAnnouncedJumpCoversWhatLiesBetweenAndNothingElse() {
    Jump jump = new Jump("c", Optional.of(place(2)), new Place("f", 7), "epoch");
    assertThat(judged(true, got(1), got(2), jump)).isEmpty();
    assertThat(judged(true, got(2), jump)).containsExactly("lost: " + sent(1));
    assertThat(judged(true, got(1), jump))
        .containsExactlyInAnyOrder("silent gap: e:1 to " + jump, "lost: " + sent(2));
  }

  @Test
  void aJumpWhereNothingWasLostIsSeen() {
    Jump jump = new Jump("c", Optional.of(place(2)), place(2), "ahead");
    assertThat(judged(false, got(1), got(2), jump, got(3), got(4), got(5)))
        .containsExactly("needless discontinuity: " + jump);
  }

  @Test
  void whatCannotBeReadIsSeen() {
    Got odd = new Got("c", "m5", place(5), "", Optional.of("another key"));
    assertThat(judged(false, got(1), got(2), got(3), got(4), odd))
        .containsExactly("unreadable: m5: another key");
  }

  private static List<String> judged(boolean mayJump, Event... reported) {
    return Judge.violations(List.of(reported), SENT, mayJump);
  }

  private static Got got(int seq) {
    return new Got("c", "m" + seq, place(seq), "", Optional.empty());
  }

  private static Sent sent(int seq) {
    return new Sent("m" + seq, place(seq));
  }

  private static Place place(int seq) {
    return new Place("e", seq);
  }
}

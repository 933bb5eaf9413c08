package io.tidegate.sdk.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.sdk.internal.message.MessageCodec.Outgoing;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What waits goes in order, once, and never without an end. */
class OutboxTest {
  private final Outbox outbox = new Outbox(1_000);

  @Test
  void whatWaitsWhileOneIsOnItsWayGoesTogether() {
    offer("a", 1);
    Outbox.Batch first = next("a");
    IntStream.rangeClosed(2, 150).forEach(i -> offer("a", i));
    assertThat(outbox.next("a")).as("one on its way").isNull();
    outbox.done(first);
    assertThat(next("a").entries).hasSize(Outbox.MOST_PER_FRAME);
  }

  @Test
  void channelsDoNotWaitForEachOther() {
    offer("a", 1);
    offer("b", 2);
    assertThat(ids(next("a"))).containsExactly("1");
    assertThat(ids(next("b"))).containsExactly("2");
  }

  @Test
  void afterABreakTheSameFrameGoesAgainBeforeWhatCameLater() {
    offer("a", 1);
    offer("a", 2);
    Outbox.Batch sent = next("a");
    offer("a", 3);
    outbox.detached();
    assertThat(next("a")).isSameAs(sent);
    outbox.done(sent);
    assertThat(ids(next("a"))).containsExactly("3");
  }

  @Test
  void aRefusalThatPassesHoldsTheChannelBackAndKeepsTheOrder() {
    offer("a", 1);
    Outbox.Batch sent = next("a");
    offer("a", 2);
    assertThat(outbox.refused(sent, 42910)).isEmpty();
    assertThat(outbox.next("a")).as("paused").isNull();
    outbox.resume("a");
    assertThat(next("a")).isSameAs(sent);
  }

  @Test
  void anUnknownOutcomeIsAskedAgainWithTheSameFrame() {
    offer("a", 1);
    Outbox.Batch sent = next("a");
    assertThat(outbox.refused(sent, 50400)).isEmpty();
    outbox.resume("a");
    assertThat(next("a")).isSameAs(sent);
  }

  @Test
  void aRefusalThatDoesNotPassIsFinalInTheEnd() {
    offer("a", 1);
    List<Outbox.Entry> failed = List.of();
    int tries = 0;
    while (failed.isEmpty()) {
      assertThat(++tries).isLessThanOrEqualTo(Outbox.MOST_REFUSALS);
      failed = outbox.refused(next("a"), 42910);
      outbox.resume("a");
    }
    assertThat(failed).hasSize(1);
    assertThat(outbox.next("a")).isNull();
  }

  @Test
  void whoseFaultItWasIsFoundWithoutTheOthers() {
    IntStream.rangeClosed(1, 3).forEach(i -> offer("a", i));
    assertThat(outbox.refused(next("a"), 40901)).isEmpty();
    Outbox.Batch alone = next("a");
    assertThat(ids(alone)).containsExactly("1");
    outbox.done(alone);
    Outbox.Batch bad = next("a");
    assertThat(outbox.refused(bad, 40901))
        .extracting(entry -> entry.messages.get(0).id())
        .containsExactly("2");
    assertThat(ids(next("a"))).containsExactly("3");
  }

  @Test
  void aFullQueueRefusesAndWhatIsDoneMakesRoom() {
    Outbox small = new Outbox(2);
    assertThat(small.offer(entry("a", 1))).isTrue();
    assertThat(small.offer(entry("a", 2))).isTrue();
    assertThat(small.offer(entry("a", 3))).isFalse();
    small.done(Objects.requireNonNull(small.next("a")));
    assertThat(small.offer(entry("a", 3))).isTrue();
  }

  @Test
  void whatIsCancelledBeforeItIsSentIsNotSent() {
    offer("a", 1);
    Outbox.Batch first = next("a");
    Outbox.Entry cancelled = entry("a", 2);
    outbox.offer(cancelled);
    offer("a", 3);
    assertThat(cancelled.future.cancel(false)).isTrue();
    outbox.done(first);
    assertThat(ids(next("a"))).containsExactly("3");
  }

  @Test
  void clearedItGivesAllBackAndIsEmpty() {
    IntStream.rangeClosed(1, 3).forEach(i -> offer("a", i));
    next("a");
    offer("a", 4);
    offer("b", 5);
    assertThat(outbox.clear()).hasSize(5);
    assertThat(outbox.channels()).isEmpty();
    assertThat(outbox.clear()).isEmpty();
  }

  @Test
  void aFrameStaysBelowItsBytes() {
    String large = "x".repeat(40_000);
    for (int i = 0; i < 3; i++) {
      outbox.offer(new Outbox.Entry("a", List.of(new Outgoing("i" + i, large))));
    }
    assertThat(next("a").entries).hasSize(1);
    assertThat(Utf8.length("aé€😀")).isEqualTo(10);
  }

  private void offer(String channel, int id) {
    assertThat(outbox.offer(entry(channel, id))).isTrue();
  }

  private Outbox.Batch next(String channel) {
    return Objects.requireNonNull(outbox.next(channel));
  }

  private static Outbox.Entry entry(String channel, int id) {
    return new Outbox.Entry(channel, List.of(new Outgoing(Integer.toString(id), "{}")));
  }

  private static List<String> ids(Outbox.Batch batch) {
    List<String> ids = new ArrayList<>();
    batch.entries.forEach(entry -> entry.messages.forEach(message -> ids.add(message.id())));
    return ids;
  }
}

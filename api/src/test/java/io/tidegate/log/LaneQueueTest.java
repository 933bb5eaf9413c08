package io.tidegate.log;

import static io.tidegate.log.MessageLogContract.draft;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Draft;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LaneQueueTest {
  private static final TenantId A = new TenantId(new UUID(0, 1));
  private static final TenantId B = new TenantId(new UUID(0, 2));
  private static final TenantId C = new TenantId(new UUID(0, 3));

  private static LaneQueue queue(int batchMessages, int batchBytes, int messages, int bytes) {
    return new LaneQueue(
        new LogSettings(
            1,
            batchMessages,
            batchBytes,
            messages,
            bytes,
            Duration.ofSeconds(2),
            Duration.ofSeconds(5)));
  }

  private static PendingUnit unit(TenantId tenant, String id, int messages) {
    ChannelId channel = MessageLogContract.channel("queue");
    List<Draft> drafts =
        IntStream.range(0, messages).mapToObj(i -> draft(id + (i == 0 ? "" : i), "1")).toList();
    return new PendingUnit(
        new PublishUnit(tenant, channel, drafts), MessageLogContract.DAYS_30, published -> {});
  }

  private static List<String> take(LaneQueue queue) throws InterruptedException {
    return queue.take().stream().map(unit -> unit.unit().drafts().getFirst().id()).toList();
  }

  @Test
  void tenantsTakeTurns() throws InterruptedException {
    LaneQueue queue = queue(5, 1 << 20, 100, 1 << 20);
    for (int i = 1; i <= 4; i++) {
      assertThat(queue.offer(unit(A, "a" + i, 1))).isTrue();
    }
    assertThat(queue.offer(unit(B, "b1", 1))).isTrue();
    assertThat(queue.offer(unit(C, "c1", 1))).isTrue();
    assertThat(queue.offer(unit(B, "b2", 1))).isTrue();
    assertThat(take(queue)).containsExactly("a1", "b1", "c1", "a2", "b2");
    assertThat(take(queue)).containsExactly("a3", "a4");
    assertThat(queue.messages()).isZero();
  }

  @Test
  void aTenantFillsHalfOfTheQueueAndTheOthersTheRest() {
    LaneQueue queue = queue(200, 1 << 20, 10, 1 << 20);
    assertThat(queue.offer(unit(A, "a1", 3))).isTrue();
    assertThat(queue.offer(unit(A, "a2", 3))).isFalse();
    assertThat(queue.offer(unit(A, "a3", 2))).isTrue();
    assertThat(queue.offer(unit(B, "b1", 5))).isTrue();
    assertThat(queue.offer(unit(C, "c1", 1))).isFalse();
    assertThat(queue.messages()).isEqualTo(10);
  }

  @Test
  void bytesAreBoundedToo() {
    int weight = unit(A, "a", 1).weight();
    LaneQueue queue = queue(200, 1 << 20, 100, 4 * weight);
    assertThat(queue.offer(unit(A, "a", 1))).isTrue();
    assertThat(queue.offer(unit(A, "b", 1))).isTrue();
    assertThat(queue.offer(unit(A, "c", 1))).isFalse();
  }

  @Test
  void aBatchIsBoundedUnlessOneUnitAloneIsLarger() throws InterruptedException {
    LaneQueue queue = queue(10, 1 << 20, 1_000, 1 << 20);
    queue.offer(unit(A, "a", 50));
    queue.offer(unit(A, "b", 6));
    queue.offer(unit(A, "c", 5));
    assertThat(take(queue)).containsExactly("a");
    assertThat(take(queue)).containsExactly("b");
    assertThat(take(queue)).containsExactly("c");
  }

  @Test
  void aClosedQueueTakesNothingAndGivesWhatItHas() throws InterruptedException {
    LaneQueue queue = queue(10, 1 << 20, 1_000, 1 << 20);
    queue.offer(unit(A, "a", 1));
    queue.close();
    assertThat(queue.offer(unit(A, "b", 1))).isFalse();
    assertThat(take(queue)).containsExactly("a");
    assertThat(take(queue)).isEmpty();
  }
}

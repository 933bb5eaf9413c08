package io.tidegate.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.Epoch;
import io.tidegate.channel.Message;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HolesTest {
  private static final Epoch A = new Epoch("A");
  private static final Epoch B = new Epoch("B");
  private static final int MAX_BYTES = 1 << 20;

  private final Holes holes = new Holes();

  private static Message message(long seq, int weight) {
    Message empty = new Message(seq, "m" + seq, null, new byte[0], null, null, null, 1, null, null);
    byte[] data = new byte[weight - empty.weight()];
    return new Message(seq, "m" + seq, null, data, null, null, null, 1, null, null);
  }

  private static List<Message> run(long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(seq -> message(seq, 200)).toList();
  }

  private List<Long> take(Epoch epoch, long last) {
    return holes.take(epoch, last).stream().map(Message::seq).toList();
  }

  @Test
  void theRunThatFollowsComesOutOnceAndTheRestStays() {
    assertThat(holes.isEmpty()).isTrue();
    assertThat(holes.hold(A, run(3, 4))).isTrue();
    assertThat(holes.hold(A, run(6, 6))).isTrue();
    assertThat(holes.hold(A, run(3, 3))).as("again").isTrue();
    assertThat(take(A, 1)).isEmpty();
    assertThat(holes.firstSeq(A)).isEqualTo(3);
    assertThat(take(A, 2)).containsExactly(3L, 4L);
    assertThat(take(A, 4)).isEmpty();
    assertThat(holes.isEmpty()).isFalse();
    assertThat(take(A, 6)).as("what is older is forgotten").isEmpty();
    assertThat(holes.isEmpty()).isTrue();
  }

  @Test
  void epochsAreToldApart() {
    holes.hold(A, run(3, 4));
    holes.hold(B, run(5, 6));
    assertThat(holes.firstSeq(A)).isEqualTo(3);
    assertThat(holes.firstSeq(B)).isEqualTo(5);
    assertThat(holes.firstSeq(new Epoch("C"))).isEqualTo(Long.MAX_VALUE);
    assertThat(take(B, 4)).containsExactly(5L, 6L);
    holes.hold(B, run(5, 5));
    holes.forget(A);
    assertThat(holes.firstSeq(A)).isEqualTo(Long.MAX_VALUE);
    assertThat(holes.firstSeq(B)).isEqualTo(5);
    holes.hold(A, run(8, 8));
    holes.keepOnly(A);
    assertThat(holes.firstSeq(B)).isEqualTo(Long.MAX_VALUE);
    assertThat(take(A, 7)).containsExactly(8L);
  }

  @Test
  void theSameSeqOfAnotherEpochIsNotHeld() {
    assertThat(holes.hold(A, run(3, 3))).isTrue();
    assertThat(holes.hold(B, run(3, 3))).isFalse();
    assertThat(take(A, 2)).containsExactly(3L);
  }

  @Test
  void aThousandMessagesAreHeldAndNoMore() {
    assertThat(holes.hold(A, run(2, 1_001))).isTrue();
    assertThat(holes.hold(A, run(1_002, 1_002))).isFalse();
    assertThat(take(A, 1)).hasSize(1_000);
    assertThat(holes.hold(A, run(1_003, 1_003))).isTrue();
  }

  @Test
  void soManyBytesAreHeldAndNoMore() {
    assertThat(holes.hold(A, List.of(message(2, MAX_BYTES - 1)))).isTrue();
    assertThat(holes.hold(A, List.of(message(3, 1_000)))).as("the last one may be larger").isTrue();
    assertThat(holes.hold(A, List.of(message(4, 200)))).isFalse();
    assertThat(take(A, 1)).containsExactly(2L, 3L);
    assertThat(holes.hold(A, List.of(message(5, MAX_BYTES)))).isTrue();
    assertThat(holes.hold(A, List.of(message(6, 200)))).isFalse();
    holes.forget(A);
    assertThat(holes.hold(A, List.of(message(7, MAX_BYTES)))).as("room again").isTrue();
    holes.keepOnly(B);
    assertThat(holes.hold(B, List.of(message(8, 200), message(9, 200)))).isTrue();
    holes.keepOnly(B);
    assertThat(holes.hold(B, List.of(message(10, MAX_BYTES - 401)))).isTrue();
    assertThat(holes.hold(B, List.of(message(11, 200)))).as("one byte was left").isTrue();
  }
}

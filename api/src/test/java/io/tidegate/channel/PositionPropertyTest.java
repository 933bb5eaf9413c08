package io.tidegate.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Where a client goes on, against the plain story of a channel: who wrote seq n, in which epoch.
 */
class PositionPropertyTest {
  @Property(tries = 3000)
  void aPositionResumesExactlyWhenNothingBetweenItAndTheHeadIsLost(
      @ForAll("heads") Head head, @ForAll("seqs") long seq, @ForAll("epochs") String epoch) {
    Position since = new Position(new Epoch(epoch), seq);

    Head.Resume resume = head.resume(since);

    if (resume.complete()) {
      assertThat(resume.seq()).isEqualTo(seq);
      assertThat(seq).isBetween(head.firstSeq() - 1, head.lastSeq());
      assertThat(mayHaveStoodAt(head, since)).isTrue();
    } else {
      assertThat(resume.seq()).isBetween(head.firstSeq() - 1, head.lastSeq());
      boolean reachable =
          mayHaveStoodAt(head, since) && seq >= head.firstSeq() - 1 && seq <= head.lastSeq();
      assertThat(reachable).as("could be resumed: %s of %s", since, head).isFalse();
    }
  }

  /** Whether a client of this epoch can have seen this seq: the next epoch had not begun. */
  private static boolean mayHaveStoodAt(Head head, Position since) {
    List<EpochStart> epochs = head.epochs();
    for (int i = 0; i < epochs.size(); i++) {
      if (epochs.get(i).epoch().equals(since.epoch())) {
        return i == epochs.size() - 1 || since.seq() < epochs.get(i + 1).firstSeq();
      }
    }
    return false;
  }

  @Property(tries = 1000)
  void aSeqBelongsToTheLastEpochThatHadBegun(@ForAll("heads") Head head, @ForAll("seqs") long seq) {
    EpochStart owner = head.epochs().getFirst();
    for (EpochStart start : head.epochs()) {
      owner = start.firstSeq() <= seq ? start : owner;
    }
    assertThat(head.epochOf(seq)).isEqualTo(owner.epoch());
    assertThat(head.epochOf(head.lastSeq() + 1)).isEqualTo(head.epoch());
  }

  @Property(tries = 500)
  void theHeadItselfAlwaysResumes(@ForAll("heads") Head head) {
    assertThat(head.resume(head.position())).isEqualTo(new Head.Resume(head.lastSeq(), null));
  }

  @Provide
  Arbitrary<Head> heads() {
    return Arbitraries.integers()
        .between(0, 4)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .flatMap(lengths -> Arbitraries.integers().between(0, 14).map(cut -> head(lengths, cut)));
  }

  /** Epochs e0, e1, ... of these lengths; the first {@code cut} messages are kept no more. */
  private static Head head(List<Integer> lengths, int cut) {
    List<EpochStart> epochs = new ArrayList<>();
    long next = 1;
    for (int i = 0; i < lengths.size(); i++) {
      epochs.add(new EpochStart(new Epoch("e" + i), next));
      next += lengths.get(i);
    }
    long last = next - 1;
    return new Head(epochs, Math.min(cut + 1, last + 1), last);
  }

  @Provide
  Arbitrary<Long> seqs() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(0, 20), Arbitraries.of(Long.MAX_VALUE, Long.MAX_VALUE - 1));
  }

  @Provide
  Arbitrary<String> epochs() {
    return Arbitraries.of("e0", "e1", "e2", "e3", "other");
  }
}

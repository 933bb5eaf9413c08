package io.tidegate.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.Message;
import io.tidegate.frame.EncodedMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Rings that share a budget, against plain lists. */
class RingPropertyTest {
  private static final int RINGS = 3;
  private static final ChannelId CHANNEL =
      new ChannelId(new AppId("482913"), new ChannelName("room"));

  /**
   * One step.
   *
   * @param jump how far the next seq lies from the one expected; 0 mostly
   */
  record Step(int ring, boolean clear, int size, int jump) {}

  /** What a ring is: its messages, and a budget that knows the order of all of them. */
  private static final class Model {
    final List<List<EncodedMessage>> rings = new ArrayList<>();
    final List<EncodedMessage> byAge = new ArrayList<>();
    final long maxBytes;

    Model(long maxBytes) {
      this.maxBytes = maxBytes;
      for (int i = 0; i < RINGS; i++) {
        rings.add(new ArrayList<>());
      }
    }

    void add(int ring, EncodedMessage message) {
      List<EncodedMessage> of = rings.get(ring);
      if (!of.isEmpty() && of.getLast().seq() + 1 != message.seq()) {
        clear(ring);
      }
      of.add(message);
      byAge.add(message);
      while (bytes() > maxBytes && byAge.size() > 1) {
        EncodedMessage oldest = byAge.removeFirst();
        rings.forEach(one -> one.remove(oldest));
      }
    }

    void clear(int ring) {
      byAge.removeAll(rings.get(ring));
      rings.get(ring).clear();
    }

    long bytes() {
      return byAge.stream().mapToLong(EncodedMessage::weight).sum();
    }
  }

  @Property(tries = 500)
  void aRingIsAListThatForgetsItsOldest(
      @ForAll("steps") List<Step> steps, @ForAll("budgets") int maxBytes) {
    RingBudget budget = new RingBudget(maxBytes);
    Model model = new Model(maxBytes);
    List<Ring> rings = new ArrayList<>();
    long[] next = new long[RINGS];
    for (int i = 0; i < RINGS; i++) {
      rings.add(new Ring(budget));
      next[i] = 1;
    }
    for (Step step : steps) {
      if (step.clear()) {
        rings.get(step.ring()).clear();
        model.clear(step.ring());
      } else {
        next[step.ring()] += step.jump();
        EncodedMessage message = message(next[step.ring()]++, step.size());
        rings.get(step.ring()).add(message);
        model.add(step.ring(), message);
      }
      assertThat(budget.bytes()).isEqualTo(model.bytes());
      for (int i = 0; i < RINGS; i++) {
        same(rings.get(i), model.rings.get(i), next[i]);
      }
    }
  }

  private static void same(Ring ring, List<EncodedMessage> model, long next) {
    assertThat(ring.isEmpty()).isEqualTo(model.isEmpty());
    for (long seq = Math.max(0, next - 60); seq <= next + 1; seq++) {
      long asked = seq;
      assertThat(ring.has(seq))
          .isEqualTo(model.stream().anyMatch(message -> message.seq() == asked));
    }
    if (model.isEmpty()) {
      return;
    }
    for (int from : new int[] {0, model.size() / 2, model.size() - 1}) {
      List<EncodedMessage> rest = model.subList(from, model.size());
      assertThat(ring.from(rest.getFirst().seq(), Integer.MAX_VALUE)).isEqualTo(rest);
      assertThat(ring.from(rest.getFirst().seq(), 0)).isEqualTo(rest.subList(0, 1));
      int two = rest.stream().limit(2).mapToInt(message -> message.json().length).sum();
      assertThat(ring.from(rest.getFirst().seq(), two))
          .isEqualTo(rest.subList(0, Math.min(2, rest.size())));
      assertThat(ring.from(rest.getFirst().seq(), two - 1)).hasSize(1);
    }
  }

  private static EncodedMessage message(long seq, int size) {
    byte[] data = ("\"" + "x".repeat(size) + "\"").getBytes(StandardCharsets.UTF_8);
    Message message = new Message(seq, "m" + seq, null, data, null, null, null, 1, null, null);
    return new EncodedMessage(CHANNEL, new Epoch("e"), message);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> rings = Arbitraries.integers().between(0, RINGS - 1);
    Arbitrary<Boolean> clears = Arbitraries.frequency(t(19, false), t(1, true));
    Arbitrary<Integer> sizes = Arbitraries.frequency(t(9, 10), t(1, 900));
    Arbitrary<Integer> jumps = Arbitraries.frequency(t(24, 0), t(1, 1), t(1, 100));
    return Combinators.combine(rings, clears, sizes, jumps).as(Step::new).list().ofMaxSize(120);
  }

  private static <T> net.jqwik.api.Tuple.Tuple2<Integer, T> t(int weight, T value) {
    return net.jqwik.api.Tuple.of(weight, value);
  }

  /** From less than one message to all of them. */
  @Provide
  Arbitrary<Integer> budgets() {
    return Arbitraries.of(0, 1, 400, 1_000, 6_000, 20_000, 1_000_000);
  }
}

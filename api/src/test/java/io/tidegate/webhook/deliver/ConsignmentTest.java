package io.tidegate.webhook.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.webhook.Delivery;
import io.tidegate.webhook.DeliveryQueue.Run;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConsignmentTest {
  private static Run run(String key, int many, int bytes) {
    return new Run(
        key,
        IntStream.range(0, many)
            .mapToObj(
                i ->
                    new Delivery(
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        "message.published",
                        key,
                        Instant.EPOCH,
                        "x".repeat(bytes),
                        0))
            .toList());
  }

  @Test
  void singlesOfASubjectGoOneByOne() {
    Run run = run("a", 3, 10);

    Consignment one = Consignment.ofSingles(run);

    assertThat(one.keys()).containsExactly("a");
    assertThat(one.calls()).isEqualTo(run.deliveries().stream().map(List::of).toList());
  }

  @Test
  void subjectsShareACallAndNoneIsTorn() {
    List<Consignment> all =
        Consignment.ofBatches(List.of(run("a", 4, 1), run("b", 6, 1), run("c", 1, 1)), 10);

    assertThat(all).extracting(one -> one.calls().getFirst().size()).containsExactly(10, 1);
    assertThat(all.getFirst().keys()).containsExactlyInAnyOrder("a", "b");
    assertThat(all.getLast().keys()).containsExactly("c");
    assertThat(all.getFirst().calls().getFirst())
        .extracting(Delivery::key)
        .containsExactly("a", "a", "a", "a", "b", "b", "b", "b", "b", "b");
  }

  @Test
  void aCallHasABoundInBytesButNoRunIsTooLarge() {
    List<Consignment> all =
        Consignment.ofBatches(
            List.of(run("a", 1, 900_000), run("b", 1, 300_000), run("c", 1, 300_000)), 100);

    assertThat(all).extracting(Consignment::keys).hasSize(3);
  }

  @Test
  void nothingMakesNoCall() {
    assertThat(Consignment.ofBatches(List.of(), 10)).isEmpty();
  }
}

package io.tidegate.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.client.Client;
import io.tidegate.e2e.client.Transport;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Subscribe on one node, publish on the other. */
@WireTest
final class NodesBehaveAsOneTest {
  private final TwoNodes nodes = TwoNodes.start("two_nodes");
  private final TestApp first = TestApp.create(nodes.first(), "Two nodes");
  private final TestApp second = first.at(nodes.second());

  @BeforeAll
  void rules() {
    first.namespace("durable", "{'pattern':'durable:*','durability':'durable'}");
    first.namespace("none", "{'pattern':'none:*','durability':'none'}");
    // Until then a channel that begins there does so by older rules.
    nodes.awaitToldToSecond();
  }

  @AfterAll
  void close() {
    nodes.close();
  }

  static Stream<Arguments> everyTransportAndClass() {
    return Stream.of(Transport.values())
        .flatMap(
            transport ->
                Stream.of("durable", "window", "none").map(name -> Arguments.of(transport, name)))
        // Between two polls nobody listens, and class none keeps nothing.
        .filter(
            arguments ->
                arguments.get()[0] != Transport.POLL || !arguments.get()[1].equals("none"));
  }

  @ParameterizedTest
  @MethodSource("everyTransportAndClass")
  void whatOneNodePublishesTheOtherDeliversOnceAndInOrder(Transport transport, String kept) {
    String channel = kept + ":one-" + transport;
    try (Client there = transport.open(second, channel);
        Client here = transport.open(first, channel)) {
      first.publisher().numbers(channel, 50);
      second.publisher().numbers(channel, 50);
      there.frames().awaitSeq(channel, 100);
      here.frames().awaitSeq(channel, 100);
      assertThat(there.frames().numbers(channel)).isEqualTo(twice(50));
      assertThat(here.frames().numbers(channel)).isEqualTo(twice(50));
    }
  }

  private static java.util.List<Integer> twice(int count) {
    return IntStream.range(0, 2 * count).mapToObj(i -> i % count + 1).toList();
  }
}

package io.tidegate.e2e.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.client.Client;
import io.tidegate.e2e.client.Transport;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@WireTest
final class LateSubscriberSeesThePastTest {
  private final TestApp app = TestApp.create(SharedGateway.target(), "Rewinds");

  @BeforeAll
  void rules() {
    app.namespace(
        "durable", "{'pattern':'durable:*','durability':'durable','rewind':{'messages':6}}");
    app.namespace("window", "{'pattern':'window:*','rewind':{'messages':6}}");
  }

  static Stream<Arguments> rewinds() {
    return Stream.of(Transport.values())
        .flatMap(
            transport ->
                Stream.of("durable", "window")
                    .flatMap(
                        kept ->
                            Stream.of(
                                Arguments.of(transport, kept, "3", 3),
                                Arguments.of(transport, kept, "2m", 6),
                                Arguments.of(transport, kept, "50", 6))));
  }

  /** As far back as it asks, but no further than the namespace lets it; then live. */
  @ParameterizedTest
  @MethodSource("rewinds")
  void subscriptionBeginsInThePast(Transport transport, String kept, String rewind, int expected) {
    String channel = kept + ":" + transport + "-" + rewind;
    app.publisher().numbers(channel, 10);

    try (Client client = transport.rewound(app, Credential.key(app.key()), rewind, channel)) {
      client.frames().awaitSeq(channel, 10);
      app.publisher().numbers(channel, 1);
      client.frames().awaitSeq(channel, 11);

      assertThat(client.frames().messages(channel))
          .extracting(message -> message.path("seq").asInt())
          .startsWith(11 - expected)
          .endsWith(10, 11)
          .hasSize(expected + 1);
      assertThat(client.frames().ofType("discontinuity")).isEmpty();
    }
  }
}

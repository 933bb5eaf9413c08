package io.tidegate.e2e.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.SseClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A stream breaks off behind its first event: of its two channels one had begun. */
@WireTest
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
final class StreamThatBrokeOffBeginsTheRestTest {
  private static final String A = "a";
  private static final String B = "b";

  private final TestApp app = TestApp.create(SharedGateway.target(), "Breaks off");

  /**
   * @param id of its only event
   * @param one the channel that had begun
   * @param other the one that had not
   */
  private record BrokenOff(String id, String one, String other) {
    SseClient reopen(TestApp app, String options) {
      // In the order of the address, which its ids belong to.
      return SseClient.behind(id, app.target(), Credential.key(app.key()), options, A, B);
    }
  }

  private BrokenOff breakOff() {
    try (SseClient stream = SseClient.open(app.target(), Credential.key(app.key()), A, B)) {
      String begun = stream.frames().await("subscribed").path("channel").asText();
      return new BrokenOff(stream.firstEventId(), begun, begun.equals(A) ? B : A);
    }
  }

  @Test
  void aChannelThatHadNotBegunBeginsAndTheOtherGoesOn() {
    BrokenOff before = breakOff();
    app.publisher().numbers(before.one(), 2);
    app.publisher().numbers(before.other(), 2);
    try (SseClient stream = before.reopen(app, "")) {
      stream.frames().await("subscribed", 2);
      app.publisher().numbers(before.other(), 1);
      stream.frames().awaitSeq(before.one(), 2);
      stream.frames().awaitSeq(before.other(), 3);
      assertThat(stream.frames().numbers(before.one())).containsExactly(1, 2);
      assertThat(stream.frames().numbers(before.other())).containsExactly(1);
      assertThat(stream.frames().ofType("discontinuity")).isEmpty();
      JsonNode begun = subscribed(stream, before.other());
      assertThat(begun.path("resumed").asBoolean()).isFalse();
      assertThat(begun.has("reason")).isFalse();
      assertThat(subscribed(stream, before.one()).path("resumed").asBoolean()).isTrue();
    }
  }

  /** A browser asks with the same address again. */
  @Test
  void itBeginsAsFarBackAsWasAskedFirst() {
    app.namespace("back", "{'pattern':'*','rewind':{'messages':10,'seconds':60}}");
    BrokenOff before = breakOff();
    app.publisher().numbers(before.one(), 2);
    app.publisher().numbers(before.other(), 3);
    try (SseClient stream = before.reopen(app, "rewind=2")) {
      stream.frames().awaitSeq(before.one(), 2);
      stream.frames().awaitSeq(before.other(), 3);
      assertThat(stream.frames().numbers(before.one())).containsExactly(1, 2);
      assertThat(stream.frames().numbers(before.other())).containsExactly(2, 3);
      assertThat(stream.frames().ofType("discontinuity")).isEmpty();
    }
  }

  private static JsonNode subscribed(SseClient stream, String channel) {
    return stream
        .frames()
        .await(
            "subscribed " + channel,
            frame ->
                frame.path("type").asText().equals("subscribed")
                    && frame.path("channel").asText().equals(channel));
  }
}

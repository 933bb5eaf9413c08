package io.tidegate.e2e.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.check.Observations;
import io.tidegate.e2e.check.Watch;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A client that stops reading is closed after 10 s with 4108, slows nobody, and misses nothing. */
@WireTest
final class SlowConsumerIsClosedAndResumesTest {
  /** Far more than both kernels hold for one connection. */
  private static final int MESSAGES = 400;

  /** The close frame waits for so long; what lies before it in the line has to be read first. */
  private static final Duration IN_TIME = Duration.ofSeconds(5);

  private static final String TEXT = "x".repeat(32_000);

  private final TestApp app = TestApp.create(SharedGateway.target(), "Slow");
  private final Observations observations = new Observations();

  /** When the slow one was last seen to be connected. */
  private long listedNanos;

  @Test
  void itIsToldWhyAndGoesOnWhereItWas() {
    app.namespace("big", "{'pattern':'big:*','durability':'durable'}");
    try (WebSocketClient slow = open();
        WebSocketClient quick = open()) {
      Watch slowWatch = watch("slow", slow);
      Watch quickWatch = watch("quick", quick);
      slow.stopReading();
      for (int i = 0; i < MESSAGES; i++) {
        app.publisher().accepted("big:1", "{\"data\":\"" + TEXT + "\"}");
      }
      quick.frames().awaitSeq("big:1", MESSAGES);
      Awaitility.await("the slow one is ended")
          .atMost(Duration.ofMinutes(1))
          .pollInterval(Duration.ofMillis(50))
          .until(() -> !isListed(slow.connectionId()));
      slow.readOn();
      int closeCode = slow.closeCode();
      boolean inTime = System.nanoTime() - listedNanos < IN_TIME.toNanos();

      if (inTime) {
        assertThat(closeCode).isEqualTo(4108);
        assertThat(slow.frames().await("error").path("code").asInt()).isEqualTo(42930);
      } else {
        // This machine was too busy to read all of it in time: then the line is just cut.
        assertThat(closeCode).isIn(4108, 1006);
      }
      assertThat(slow.frames().messages("big:1")).hasSizeLessThan(MESSAGES);
      slow.reconnect();
      slow.frames().awaitSeq("big:1", MESSAGES);
      assertThat(slow.frames().messages("big:1")).hasSize(MESSAGES);
      assertThat(slowWatch.jumps()).isEmpty();
      assertThat(quickWatch.jumps()).isEmpty();
      assertThat(observations.faults()).isEmpty();
    }
  }

  private WebSocketClient open() {
    WebSocketClient client = WebSocketClient.open(app.target(), Credential.key(app.key()));
    client.subscribe("big:1");
    client.frames().await("subscribed");
    return client;
  }

  private Watch watch(String who, WebSocketClient client) {
    return observations.watch(who, client.frames());
  }

  private boolean isListed(String connectionId) {
    long asked = System.nanoTime();
    for (JsonNode item : app.rest().get("/v1/connections").expect(200).json().path("items")) {
      if (item.path("id").asText().equals(connectionId)) {
        listedNanos = asked;
        return true;
      }
    }
    return false;
  }
}

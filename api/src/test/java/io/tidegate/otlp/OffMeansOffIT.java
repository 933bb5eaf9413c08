package io.tidegate.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.GatewayProcess;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.TestApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Without an endpoint, what makes spans is not even loaded. */
final class OffMeansOffIT {
  @Test
  void noSpanClassIsLoadedByPublishAndDelivery() throws IOException {
    Path loaded = Path.of("target", "e2e", "loaded-classes.txt").toAbsolutePath();
    Files.deleteIfExists(loaded);
    Map<String, String> environment =
        Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + loaded);
    try (GatewayProcess gateway = GatewayProcess.start("traces-off", environment)) {
      TestApp app = TestApp.create(gateway, "Off");
      app.namespace("kept", "{'pattern':'kept','durability':'durable'}");
      try (WebSocketClient client = WebSocketClient.open(gateway, Credential.key(app.key()))) {
        client.subscribe("kept");
        client.frames().await("subscribed");
        app.publisher().numbers("kept", 3);
        client.publish("kept", "{\"data\":4}");
        client.frames().awaitSeq("kept", 4);
      }
      assertThat(gateway.terminate()).isZero();
    }
    assertThat(Files.readString(loaded))
        .contains("io.tidegate.hub.Feed ", "io.tidegate.log.PendingUnit ")
        .doesNotContain("io.opentelemetry.", "io.tidegate.otlp.");
  }
}

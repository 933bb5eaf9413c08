package io.tidegate.e2e.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.rest.TestApp;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;

/** What the list of connections says of the only one of an app. */
final class ListedAddress {
  private ListedAddress() {}

  /** Waits for a connection of this transport; returns its client's address. */
  static String of(TestApp app, String transport) {
    return Awaitility.await("a connection is listed")
        .atMost(Duration.ofMinutes(1))
        .until(() -> find(app, transport), Optional::isPresent)
        .orElseThrow();
  }

  private static Optional<String> find(TestApp app, String transport) {
    for (JsonNode item : app.rest().get("/v1/connections").expect(200).json().path("items")) {
      if (item.path("transport").asText().equals(transport)) {
        return Optional.of(item.path("address").asText());
      }
    }
    return Optional.empty();
  }
}

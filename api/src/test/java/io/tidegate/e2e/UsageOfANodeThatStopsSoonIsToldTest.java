package io.tidegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.TestGateway;
import io.tidegate.e2e.gateway.Door;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A node that stops before its first minute is over has counted all the same. */
@WireTest
final class UsageOfANodeThatStopsSoonIsToldTest {
  private static final String DATABASE = "usage_of_a_short_life";

  @Test
  void whatWasCountedIsWrittenWhenTheNodeStops() {
    TestApp app;
    try (TestGateway gateway = TestGateway.start(DATABASE)) {
      app = TestApp.create(Door.of(gateway), "Short");
      app.publisher().numbers("room", 3);
    }
    try (TestGateway next = TestGateway.over(DATABASE, Map.of())) {
      JsonNode rows =
          app.at(Door.of(next))
              .control()
              .rest()
              .get("/v1/tenants/" + app.tenantId() + "/usage?unit=day")
              .expect(200)
              .json()
              .path("items");
      assertThat(rows.path(0).path("publishes").asInt()).isEqualTo(3);
    }
  }
}

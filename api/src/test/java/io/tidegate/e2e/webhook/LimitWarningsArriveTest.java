package io.tidegate.e2e.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.TestGateway;
import io.tidegate.e2e.gateway.Door;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.e2e.rest.WireTest;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A limit that a tenant comes near is told to those of its apps that want to hear of it. */
@WireTest
final class LimitWarningsArriveTest {
  private final TestGateway gateway =
      TestGateway.start("warnings_e2e", Map.of("TIDEGATE_WEBHOOK_ALLOW", "127.0.0.1"));
  private final Target target = Door.of(gateway);

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void onceWithItsRecordAndToNoOtherTenant() {
    TestApp app =
        TestApp.create(target, "Near").limits("{'publishesPerSecond':1,'publishBurst':1000}");
    TestApp sibling =
        new TestApp(
            target, app.tenantId(), app.control().app(app.tenantId(), "Sibling"), app.key());
    TestApp stranger = TestApp.create(target, "Stranger");
    try (Backend own = Backend.thatTakesAll();
        Backend siblings = Backend.thatTakesAll();
        Backend strangers = Backend.thatTakesAll();
        Backend messages = Backend.thatTakesAll()) {
      Hook.create(app, own).change("{'events':['limit.warning'],'pattern':'nothing:*'}");
      Hook.create(sibling, siblings).change("{'events':['limit.warning']}");
      Hook.create(stranger, strangers).change("{'events':['limit.warning']}");
      Hook.create(app, messages.url(), ",'pattern':'last'");

      app.publisher().numbers("room", 900);
      app.publisher().numbers("last", 1);

      JsonNode recorded = warning(app);
      for (Backend backend : List.of(own, siblings)) {
        JsonNode data = first(backend).path("data");
        assertThat(data.path("limit").asText()).isEqualTo("publishesPerSecond");
        assertThat(data.path("value")).isEqualTo(recorded.path("used"));
        assertThat(data.path("of")).isEqualTo(recorded.path("most"));
        assertThat(first(backend).path("type").asText()).isEqualTo("limit.warning");
      }
      assertThat(first(messages).path("type").asText()).isEqualTo("message.published");
      assertThat(own.taken()).hasSize(1);
      assertThat(siblings.taken()).hasSize(1);
      assertThat(strangers.taken()).isEmpty();
    }
  }

  private static JsonNode first(Backend backend) {
    await().atMost(Hook.LONGEST).until(() -> !backend.taken().isEmpty());
    return backend.taken().getFirst();
  }

  private static JsonNode warning(TestApp app) {
    return await()
        .atMost(Hook.LONGEST)
        .until(
            () ->
                StreamSupport.stream(
                        app.control()
                            .rest()
                            .get("/v1/tenants/" + app.tenantId() + "/audit-events")
                            .expect(200)
                            .json()
                            .path("items")
                            .spliterator(),
                        false)
                    .filter(one -> one.path("action").asText().equals("limit.warning"))
                    .map(one -> one.path("after"))
                    .toList(),
            found -> found.size() == 1)
        .getFirst();
  }
}

package io.tidegate.bench.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ByIdRouteTest {
  @Test
  void everyRouteOfTheContractThatNamesSomethingIsFound() throws Exception {
    List<ByIdRoute> routes =
        ByIdRoute.of(new YAMLMapper().readTree(Path.of("../openapi/openapi.yaml").toFile()));
    assertThat(routes)
        .extracting(ByIdRoute::toString)
        .contains(
            "GET /v1/tenants/{tenantId}",
            "PUT /v1/apps/{appId}/namespaces/{name}",
            "DELETE /v1/connections/{connectionId}")
        .doesNotContain("GET /v1/tenants", "POST /v1/messages");
    assertThat(routes)
        .filteredOn(ByIdRoute::control)
        .allMatch(route -> route.path().contains("{tenantId}") || route.path().contains("{appId}"));
    assertThat(routes).anyMatch(route -> !route.control());
    assertThat(routes)
        .filteredOn(route -> route.method().equals("PATCH"))
        .allMatch(route -> route.body().startsWith("{"));
  }

  @Test
  void anIdThatIsMissingIsNoticed() {
    ByIdRoute route = new ByIdRoute("GET", "/v1/apps/{appId}/keys/{keyId}", true, "");
    assertThat(route.with(Map.of("appId", "1", "keyId", "k1"))).isEqualTo("/v1/apps/1/keys/k1");
    assertThatThrownBy(() -> route.with(Map.of("appId", "1"))).hasMessageContaining("{keyId}");
  }
}

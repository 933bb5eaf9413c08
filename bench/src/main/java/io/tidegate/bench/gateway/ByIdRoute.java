package io.tidegate.bench.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * An operation of the contract whose path names things of a tenant.
 *
 * @param path as in the contract, {@code /v1/apps/{appId}}
 * @param control whether it is on the control plane
 * @param body the contract's example of a request, empty where there is none
 */
public record ByIdRoute(String method, String path, boolean control, String body) {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

  /** The contract's example changes limits, which only operators may. */
  private static final Map<String, String> BODIES = Map.of("updateTenant", "{\"name\":\"bench\"}");

  /** All of a contract, in its order. */
  public static List<ByIdRoute> of(JsonNode contract) {
    List<ByIdRoute> routes = new ArrayList<>();
    contract
        .path("paths")
        .properties()
        .forEach(
            path -> {
              if (path.getKey().contains("{")) {
                path.getValue()
                    .properties()
                    .forEach(
                        operation -> {
                          if (METHODS.contains(operation.getKey())
                              && isOfATenant(path.getKey(), operation.getValue())) {
                            routes.add(
                                read(operation.getKey(), path.getKey(), operation.getValue()));
                          }
                        });
              }
            });
    return routes;
  }

  /** Operators and a person's own sessions are in no tenant. */
  private static boolean isOfATenant(String path, JsonNode operation) {
    return operation.has("x-tidegate-operation")
        || path.contains("{tenantId}")
        || path.contains("{appId}");
  }

  private static ByIdRoute read(String method, String path, JsonNode operation) {
    JsonNode media = operation.path("requestBody").path("content").path("application/json");
    JsonNode example =
        media
            .path("examples")
            .valueStream()
            .findFirst()
            .map(first -> first.path("value"))
            .orElse(media.path("example"));
    String body =
        BODIES.getOrDefault(
            operation.path("operationId").asText(),
            example.isMissingNode() ? "" : example.toString());
    return new ByIdRoute(
        method.toUpperCase(Locale.ROOT), path, operation.has("x-tidegate-role"), body);
  }

  /** The path with these ids; fails when one is missing. */
  public String with(Map<String, String> ids) {
    String filled = path;
    for (Map.Entry<String, String> id : ids.entrySet()) {
      filled = filled.replace("{" + id.getKey() + "}", id.getValue());
    }
    if (filled.contains("{")) {
      throw new IllegalStateException("no id for " + filled);
    }
    return filled;
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}

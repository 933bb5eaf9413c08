package io.tidegate.e2e.rest;

import static io.tidegate.e2e.rest.Json.quote;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.gateway.Target;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The control plane, as the operator. */
public final class ControlClient {
  private final Rest rest;

  public ControlClient(Target target) {
    this.rest = Rest.operator(target);
  }

  public Rest rest() {
    return rest;
  }

  /** Returns its id. */
  public String tenant(String name) {
    return created("/v1/tenants", "{\"name\":" + quote(name) + "}").path("id").asText();
  }

  /** Returns its id. */
  public String app(String tenantId, String name) {
    return created("/v1/tenants/" + tenantId + "/apps", "{\"name\":" + quote(name) + "}")
        .path("id")
        .asText();
  }

  /** Pages of these origins, and no others, may connect. */
  public void allowOrigins(String appId, String... origins) {
    String list = Arrays.stream(origins).map(Json::quote).collect(Collectors.joining(","));
    rest.patch("/v1/apps/" + appId, "{\"settings\":{\"allowedOrigins\":[" + list + "]}}")
        .expect(200);
  }

  /** Returns name and secret. */
  public String key(String appId, String capabilities) {
    String body = "{\"name\":\"test\",\"capabilities\":" + capabilities + "}";
    return created("/v1/apps/" + appId + "/keys", body).path("key").asText();
  }

  public void narrowKey(String appId, String keyId, String capabilities) {
    rest.patch("/v1/apps/" + appId + "/keys/" + keyId, "{\"capabilities\":" + capabilities + "}")
        .expect(200);
  }

  public void revokeKey(String appId, String keyId) {
    rest.delete("/v1/apps/" + appId + "/keys/" + keyId).expect(204);
  }

  /** Returns a control token of the tenant with this role. */
  public String controlToken(String tenantId, String role) {
    String body = "{\"name\":\"test\",\"role\":" + quote(role) + "}";
    return created("/v1/tenants/" + tenantId + "/control-tokens", body).path("token").asText();
  }

  public JsonNode namespace(String appId, String name, String rules) {
    Answer answer = rest.patiently("PUT", "/v1/apps/" + appId + "/namespaces/" + name, rules);
    return answer.status() == 201 ? answer.json() : answer.expect(200).json();
  }

  private JsonNode created(String path, String body) {
    return rest.post(path, body).expect(201).json();
  }
}

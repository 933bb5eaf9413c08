package io.tidegate.e2e.rest;

import static io.tidegate.e2e.rest.Json.json;
import static io.tidegate.e2e.rest.Json.quote;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.gateway.Target;
import java.util.List;

/**
 * A new tenant with one app and one key for everything.
 *
 * @param key name and secret
 */
public record TestApp(Target target, String tenantId, String id, String key) {
  public static final String EVERYTHING =
      json("{'*':['publish','subscribe','presence','history','admin']}");

  /** Made over REST by the operator. */
  public static TestApp create(Target target, String name) {
    ControlClient control = new ControlClient(target);
    String tenant = control.tenant(name);
    String app = control.app(tenant, name);
    return new TestApp(target, tenant, app, control.key(app, EVERYTHING));
  }

  public String keyName() {
    return key.substring(0, key.indexOf(':'));
  }

  public String keyId() {
    return keyName().substring(keyName().indexOf('.') + 1);
  }

  /** Requests with the app's key. */
  public Rest rest() {
    return new Rest(target, Credential.key(key));
  }

  public ControlClient control() {
    return new ControlClient(target);
  }

  /** The same app by another node. */
  public TestApp at(Target node) {
    return new TestApp(node, tenantId, id, key);
  }

  /** The app with another key. */
  public TestApp withKey(String otherKey) {
    return new TestApp(target, tenantId, id, otherKey);
  }

  /** Creates or replaces a namespace; rules as JSON, single quotes will do. */
  public JsonNode namespace(String name, String rules) {
    return control().namespace(id, name, json(rules));
  }

  /** Changes limits of the tenant; as JSON, single quotes will do. */
  public TestApp limits(String limits) {
    String body = "{\"limits\":" + json(limits) + "}";
    control().rest().patch("/v1/tenants/" + tenantId, body).expect(200);
    return this;
  }

  /** A token for a client with these capabilities as JSON, good for an hour. */
  public String token(String clientId, String capabilities) {
    return token(clientId, capabilities, 3600);
  }

  public String token(String clientId, String capabilities, int ttlSeconds) {
    return issue(clientId, capabilities, ttlSeconds).path("token").asText();
  }

  /** The whole answer: token, tokenId, expiresAt. */
  public JsonNode issue(String clientId, String capabilities, int ttlSeconds) {
    String body =
        "{\"clientId\":%s,\"capabilities\":%s,\"ttlSeconds\":%d}"
            .formatted(quote(clientId), json(capabilities), ttlSeconds);
    return rest().post("/v1/tokens", body).expect(201).json();
  }

  /** A ticket in place of a token, for these channels only if any are given. */
  public String ticket(String token, String... channels) {
    String names = String.join(",", List.of(channels).stream().map(Json::quote).toList());
    String body = channels.length == 0 ? null : "{\"channels\":[" + names + "]}";
    return new Rest(target, Credential.bearer(token))
        .post("/v1/tickets", body)
        .expect(201)
        .json()
        .path("ticket")
        .asText();
  }

  public RestPublisher publisher() {
    return new RestPublisher(rest());
  }

  public History history(String channel) {
    return new History(rest(), channel);
  }

  /** What {@code GET /v1/channels/{channel}} says. */
  public JsonNode channel(String channel) {
    return rest().get("/v1/channels/" + Rest.encode(channel)).expect(200).json();
  }
}

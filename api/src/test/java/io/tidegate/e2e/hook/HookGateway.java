package io.tidegate.e2e.hook;

import static io.tidegate.e2e.rest.Json.json;
import static io.tidegate.e2e.rest.Json.quote;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.TestContext;
import io.tidegate.TestGateway;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Answer;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import java.util.Map;

/** A gateway of this JVM whose hooks may be on loopback; one for all tests of hooks. */
final class HookGateway implements Target {
  private static final HookGateway SHARED = new HookGateway();

  private final TestGateway gateway =
      TestGateway.start("hooks", Map.of("TIDEGATE_WEBHOOK_ALLOW", "127.0.0.1"));

  private HookGateway() {}

  static Target target() {
    return SHARED;
  }

  static TestApp app() {
    return TestApp.create(SHARED, "Hooks");
  }

  /** Gives the app a hook; more fields as JSON in single quotes, a comma before each. */
  static JsonNode hook(TestApp app, String kind, String url, String more) {
    String body = json("{'name':'h','kind':'%s','url':", kind) + quote(url) + json(more) + "}";
    return operator(app).post(path(app), body).expect(201).json();
  }

  static Rest operator(TestApp app) {
    return Rest.operator(app.target());
  }

  static String path(TestApp app) {
    return "/v1/apps/" + app.id() + "/hooks";
  }

  /** What the gateway says that came of asking. */
  static JsonNode calls(TestApp app, JsonNode hook) {
    String path = path(app) + "/" + hook.path("id").asText() + "/calls";
    return operator(app).get(path).expect(200).json();
  }

  static Answer publish(TestApp app, String channel, String body) {
    return app.rest().post("/v1/channels/" + Rest.encode(channel) + "/messages", json(body));
  }

  @Override
  public int port() {
    return gateway.gateway().port();
  }

  @Override
  public String operatorToken() {
    return TestContext.OPERATOR_TOKEN;
  }
}

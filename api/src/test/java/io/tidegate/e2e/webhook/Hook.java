package io.tidegate.e2e.webhook;

import static io.tidegate.e2e.rest.Json.json;
import static io.tidegate.e2e.rest.Json.quote;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.rest.TestApp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.awaitility.Awaitility;

/** An app's webhook for every message, as its owner sees it over REST. */
record Hook(TestApp app, String id, String secret) {
  static final Duration LONGEST = Duration.ofMinutes(5);

  /**
   * @param more fields of it, beginning with a comma; single quotes will do
   */
  static Hook create(TestApp app, String url, String more) {
    JsonNode made =
        app.control()
            .rest()
            .post(
                "/v1/apps/" + app.id() + "/webhooks",
                json("{'name':'orders','events':['message.published'],'url':")
                    + quote(url)
                    + json(more)
                    + "}")
            .expect(201)
            .json();
    return new Hook(app, made.path("id").asText(), made.path("secret").asText());
  }

  static Hook create(TestApp app, Backend backend) {
    return create(app, backend.url(), "");
  }

  String path() {
    return "/v1/apps/" + app.id() + "/webhooks/" + id;
  }

  void change(String fields) {
    app.control().rest().patch(path(), json(fields)).expect(200);
  }

  void delete() {
    app.control().rest().delete(path()).expect(204);
  }

  /** Draws another secret, and returns it. */
  String rotate(int overlapSeconds) {
    return app.control()
        .rest()
        .post(path() + "/rotate-secret", "{\"overlapSeconds\":" + overlapSeconds + "}")
        .expect(200)
        .json()
        .path("secret")
        .asText();
  }

  /** The oldest first. */
  List<JsonNode> deliveries(String state) {
    List<JsonNode> all = new ArrayList<>();
    app.control()
        .rest()
        .get(path() + "/deliveries?limit=100&state=" + state)
        .expect(200)
        .json()
        .path("items")
        .forEach(all::add);
    Collections.reverse(all);
    return all;
  }

  List<JsonNode> await(String state, int many) {
    Awaitility.await()
        .atMost(LONGEST)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(() -> assertThat(deliveries(state)).hasSize(many));
    return deliveries(state);
  }

  /** With what it brings, and its attempts. */
  JsonNode read(JsonNode delivery) {
    return app.control()
        .rest()
        .get(path() + "/deliveries/" + delivery.path("id").asText())
        .expect(200)
        .json();
  }

  void replay(JsonNode delivery) {
    app.control()
        .rest()
        .post(path() + "/deliveries/" + delivery.path("id").asText() + "/replay", null)
        .expect(200);
  }

  /** How many. */
  int replay(String range) {
    return app.control()
        .rest()
        .post(path() + "/deliveries/replay", json(range))
        .expect(200)
        .json()
        .path("replayed")
        .asInt();
  }
}

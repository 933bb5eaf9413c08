package io.tidegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.TestContext;
import io.tidegate.TestGateway;
import io.tidegate.contract.Route;
import io.tidegate.e2e.client.RefusedByGateway;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.gateway.Door;
import io.tidegate.e2e.gateway.Target;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Json;
import io.tidegate.e2e.rest.Judge;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import io.tidegate.logging.Captured;
import io.tidegate.otlp.CollectedSpan;
import io.tidegate.otlp.Collector;
import io.tidegate.postgres.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Secrets of every kind, good ones and forged ones, are sent wherever a client can put text: no log
 * line, refusal, metric or span holds one of them.
 */
final class SecretsAreNeverToldTest {
  private static final String FORGED = "Zx9CanaryQ4rT7uWvY2bNmKpLs8dFgHjXc";

  private static Captured captured;
  private static Collector collector;
  private static TestGateway gateway;
  private static Target target;
  private static TestApp app;
  private static final Set<String> SECRETS = new LinkedHashSet<>();
  private static final List<String> REFUSALS = new ArrayList<>();

  @BeforeAll
  static void begin() {
    captured = Captured.begin();
    collector = Collector.start();
    gateway =
        TestGateway.start(
            "canaries",
            Map.of("TIDEGATE_OTLP_ENDPOINT", collector.endpoint(), "TIDEGATE_TRACE_RATIO", "1"));
    target = Door.of(gateway);
    app = TestApp.create(target, "Canaries");
    app.namespace("kept", "{'pattern':'kept','durability':'durable'}");
    String token = app.token("ada", "{'*':['publish','subscribe']}");
    String secret = app.key().substring(app.key().indexOf(':') + 1);
    byte[] master = HexFormat.of().parseHex(TestContext.MASTER_KEY);
    SECRETS.addAll(
        List.of(
            secret,
            Base64.getEncoder().encodeToString(app.key().getBytes()),
            token,
            token.substring(token.lastIndexOf('.') + 1),
            app.ticket(token),
            app.control().controlToken(app.tenantId(), "viewer"),
            webhook(),
            hook(),
            TestContext.OPERATOR_TOKEN,
            TestContext.MASTER_KEY,
            Base64.getEncoder().encodeToString(master),
            TestPostgres.server().password(),
            FORGED,
            "tgo_" + FORGED,
            "tgc_" + FORGED,
            app.keyName() + ":" + FORGED,
            "eyJhbGciOiJIUzI1NiJ9.e30." + FORGED));
  }

  /** The secret of one that is called for each message, in vain, for it is not to be called. */
  private static String webhook() {
    String wanted = "{'name':'a','url':'https://a.invalid/','events':['message.published']}";
    return app.control()
        .rest()
        .post("/v1/apps/" + app.id() + "/webhooks", Json.json(wanted))
        .expect(201)
        .json()
        .path("secret")
        .asText();
  }

  /** The secret of one that is asked once, in vain, for it is not to be called. */
  private static String hook() {
    String wanted =
        "{'name':'a','kind':'before-publish','url':'https://a.invalid/','pattern':'hooked',"
            + "'onFailure':'allow','timeoutMs':10}";
    String secret =
        app.control()
            .rest()
            .post("/v1/apps/" + app.id() + "/hooks", Json.json(wanted))
            .expect(201)
            .json()
            .path("secret")
            .asText();
    app.publisher().accepted("hooked", Json.json("{'data':1}"));
    return secret;
  }

  @AfterAll
  static void end() {
    gateway.close();
    collector.close();
    captured.close();
  }

  @Test
  void notInLogsRefusalsOrMetrics() throws Exception {
    for (Route route : Judge.routes()) {
      String path = route.path().replaceAll("\\{channel}", "kept").replaceAll("\\{[^}]+}", "x");
      if (!path.startsWith("/health") && !path.equals("/metrics")) {
        everywhere(route.method(), path);
      }
    }
    frames();
    openings();
    app.publisher().numbers("kept", 1);

    String metrics = send(HttpRequest.newBuilder(management("/metrics"))).body();
    String logs = String.join("", captured.plainLines()) + String.join("", captured.jsonLines());
    assertThat(captured.plainLines()).anyMatch(line -> line.contains("route=/v1/tenants "));
    assertThat(captured.plainLines()).anyMatch(line -> line.contains("connection.refused"));
    assertThat(captured.plainLines()).anyMatch(line -> line.contains("connection.closed"));
    assertThat(REFUSALS).hasSizeGreaterThan(200);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> collector.spans().stream().map(CollectedSpan::name).distinct().count() > 20);
    String spans = collector.bytes();
    String refusals = String.join("\n", REFUSALS);
    for (String secret : SECRETS) {
      assertThat(logs.contains(secret)).as("logs with " + secret + lineWith(secret)).isFalse();
      assertThat(refusals.contains(secret)).as("refusals with " + secret).isFalse();
      assertThat(metrics.contains(secret)).as("metrics with " + secret).isFalse();
      assertThat(spans.contains(secret)).as("spans with " + secret).isFalse();
    }
  }

  private static String lineWith(String secret) {
    return captured.plainLines().stream()
        .filter(line -> line.contains(secret))
        .findFirst()
        .map(line -> ": " + line)
        .orElse("");
  }

  /** In headers, in the query and in the body, at once; and as the credential, one by one. */
  private static void everywhere(String method, String path) throws Exception {
    String query =
        SECRETS.stream()
            .map(secret -> "ticket=" + Rest.encode(secret) + "&channel=" + Rest.encode(secret))
            .limit(4)
            .collect(Collectors.joining("&"));
    String operator = "Bearer " + TestContext.OPERATOR_TOKEN;
    String key = Credential.key(app.key()).authorization();
    for (String authorization : List.of(operator, key)) {
      for (String secret : SECRETS) {
        call(method, path, authorization, body(secret), secret);
      }
      call(method, path + "?" + query, authorization, "{", FORGED);
    }
    for (String secret : SECRETS) {
      call(method, path, "Bearer " + secret, body(secret), secret);
    }
    String basic = Base64.getEncoder().encodeToString((app.keyName() + ":" + FORGED).getBytes());
    call(method, path + "?key=" + FORGED + "&cursor=" + FORGED, "Basic " + basic, "{}", FORGED);
  }

  /** What routes ask for, each time with a text in its place. */
  private static String body(String secret) {
    String text = Json.quote(secret);
    return "{\"data\":1,\"id\":%s,\"encoding\":%s,\"exclude\":%s,\"durability\":%s,\"role\":%s}"
        .formatted(text, text, text, text, text);
  }

  private static void call(
      String method, String path, String authorization, String body, String secret)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.uri(path))
            .header("Authorization", authorization)
            .header("Idempotency-Key", secret.substring(0, Math.min(secret.length(), 60)))
            .header("X-Forwarded-For", secret)
            .header("Cookie", "session=" + secret)
            .header("traceparent", secret)
            .header("tracestate", "x=" + secret)
            .header("baggage", "x=" + secret)
            .header("If-Match", "\"" + secret + "\"")
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    HttpResponse<String> answer = send(request);
    if (answer.statusCode() >= 400) {
      REFUSALS.add(answer.body());
      REFUSALS.add(answer.headers().map().toString());
    }
  }

  private static void frames() {
    for (String secret : SECRETS) {
      String text = Json.quote(secret);
      try (WebSocketClient client = WebSocketClient.open(target, Credential.key(app.key()))) {
        client.frames().await("connected");
        for (String frame :
            List.of(
                "{\"type\":" + text + "}",
                "{\"type\":\"auth\",\"token\":" + text + "}",
                "{\"type\":\"publish\",\"channel\":\"kept\",\"messages\":[" + body(secret) + "]}",
                "{\"type\":\"subscribe\",\"channel\":\"kept\",\"since\":" + text + "}",
                "{\"type\":\"subscribe\",\"channel\":\"kept\",\"rewind\":" + text + "}")) {
          client.sendAnything(frame);
        }
        client.sendAnything("{\"type\":\"ping\",\"id\":\"last\"}");
        // One of them is a token of somebody else's, with which the connection ends.
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> !client.frames().ofType("pong").isEmpty() || !client.isOpen());
        client.frames().ofType("error").forEach(error -> REFUSALS.add(error.toString()));
      }
      try (WebSocketClient client = WebSocketClient.open(target, Credential.NONE)) {
        client.sendAnything("{\"type\":\"auth\",\"token\":" + text + ",\"resume\":" + text + "}");
        Awaitility.await().until(() -> !client.frames().ofType("error").isEmpty() || isIn(client));
        client.frames().ofType("error").forEach(error -> REFUSALS.add(error.toString()));
      }
    }
  }

  private static boolean isIn(WebSocketClient client) {
    return !client.frames().ofType("connected").isEmpty();
  }

  private static void openings() throws Exception {
    for (String secret : SECRETS) {
      String text = Rest.encode(secret);
      for (String path : List.of("/v1/sse?channel=kept&ticket=", "/v1/poll?channel=kept&ticket=")) {
        send(HttpRequest.newBuilder(target.uri(path + "x" + text + "&since=" + text)));
      }
      try {
        WebSocketClient.open(target, Credential.ticket("x" + secret), "resume=" + text).close();
      } catch (RefusedByGateway refused) {
        REFUSALS.add(refused.toString());
      }
    }
  }

  private static URI management(String path) {
    return URI.create("http://127.0.0.1:" + gateway.gateway().managementPort() + path);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = Rest.http().send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() >= 400) {
      REFUSALS.add(answer.body());
    }
    return answer;
  }
}

package io.tidegate.bench.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sets up what a scenario needs, as an operator would. */
public final class ControlPlane {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** A 503 says come back; a gateway just started may say so. */
  private static final int ATTEMPTS = 5;

  private static final long BACK_OFF_MS = 1_000;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Gateway gateway;

  /** The control plane of {@code gateway}. */
  public ControlPlane(Gateway gateway) {
    this.gateway = gateway;
  }

  /** A new tenant without limits, with one app, a key that may all, and the namespaces given. */
  public App createApp(List<NamespaceRules> namespaces) throws IOException, InterruptedException {
    return createApp(namespaces, Map.of());
  }

  /** The same with limits, as the contract names them. */
  public App createApp(List<NamespaceRules> namespaces, Map<String, Integer> limits)
      throws IOException, InterruptedException {
    String operator = "Bearer " + gateway.operatorToken();
    String tenant =
        send("POST", "/v1/tenants", operator, Map.of("name", "bench", "limits", limits))
            .path("id")
            .asText();
    String app =
        send("POST", "/v1/tenants/" + tenant + "/apps", operator, Map.of("name", "bench"))
            .path("id")
            .asText();
    for (NamespaceRules rules : namespaces) {
      send("PUT", "/v1/apps/" + app + "/namespaces/" + rules.name(), operator, rules.body());
    }
    Map<String, List<String>> all =
        Map.of("*", List.of("publish", "subscribe", "presence", "history", "admin"));
    String key =
        send(
                "POST",
                "/v1/apps/" + app + "/keys",
                operator,
                Map.of("name", "bench", "capabilities", all))
            .path("key")
            .asText();
    String basic =
        "Basic " + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    Map<String, List<String>> client = Map.of("*", List.of("publish", "subscribe"));
    JsonNode token =
        send("POST", "/v1/tokens", basic, Map.of("capabilities", client, "ttlSeconds", 86_400));
    return new App(tenant, app, basic, "Bearer " + token.path("token").asText());
  }

  /** Deletes the tenant and all it has; service of it stops within 5 s. */
  public void delete(App app) throws IOException, InterruptedException {
    send(
        "DELETE",
        "/v1/tenants/" + app.tenantId() + "?cascade=true",
        "Bearer " + gateway.operatorToken(),
        Map.of());
  }

  /**
   * A credential for one tenant's control plane.
   *
   * @param authorization the header
   */
  public record ControlToken(String id, String authorization) {}

  /** A new control token of a tenant. */
  public ControlToken controlToken(String tenantId, String role)
      throws IOException, InterruptedException {
    JsonNode made =
        send(
            "POST",
            "/v1/tenants/" + tenantId + "/control-tokens",
            "Bearer " + gateway.operatorToken(),
            Map.of("name", "bench", "role", role));
    return new ControlToken(made.path("id").asText(), "Bearer " + made.path("token").asText());
  }

  /**
   * Something of an app's that is told of its messages.
   *
   * @param path of it in the control plane
   * @param secret that its calls are signed with
   */
  public record Webhook(String path, String secret) {}

  /** A new webhook for the messages of these channels, with so many events in a call at most. */
  public Webhook webhook(App app, URI url, String pattern, int maxEvents)
      throws IOException, InterruptedException {
    String path = "/v1/apps/" + app.appId() + "/webhooks";
    JsonNode made =
        send(
            "POST",
            path,
            "Bearer " + gateway.operatorToken(),
            Map.of(
                "name",
                "bench",
                "url",
                url.toString(),
                "events",
                List.of("message.published"),
                "pattern",
                pattern,
                "batch",
                Map.of("maxEvents", maxEvents)));
    return new Webhook(path + "/" + made.path("id").asText(), made.path("secret").asText());
  }

  /** While it is not enabled nothing is queued for it, and what is queued waits. */
  public void enable(Webhook webhook, boolean enabled) throws IOException, InterruptedException {
    send("PATCH", webhook.path(), "Bearer " + gateway.operatorToken(), Map.of("enabled", enabled));
  }

  /** The contract, as the gateway serves it. */
  public JsonNode contract() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri("/openapi.yaml")).timeout(PATIENCE).build();
    return new YAMLMapper()
        .readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  /** An app's connection that is open until it is closed here. */
  public record LiveConnection(String connectionId, WebSocket socket) implements AutoCloseable {
    @Override
    public void close() {
      socket.abort();
    }
  }

  /** Opens a WebSocket with the app's key. */
  public LiveConnection connect(App app) {
    CompletableFuture<String> first = new CompletableFuture<>();
    StringBuilder text = new StringBuilder();
    WebSocket socket =
        http.newWebSocketBuilder()
            .header("Authorization", app.keyAuthorization())
            .buildAsync(
                URI.create(uri("/v1/ws").toString().replaceFirst("http", "ws")),
                new WebSocket.Listener() {
                  @Override
                  public @Nullable CompletionStage<?> onText(
                      WebSocket from, CharSequence data, boolean last) {
                    text.append(data);
                    if (last) {
                      first.complete(text.toString());
                    }
                    from.request(1);
                    return null;
                  }
                })
            .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
            .join();
    try {
      String connected = first.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return new LiveConnection(JSON.readTree(connected).path("connectionId").asText(), socket);
    } catch (Exception e) {
      throw new IllegalStateException("no connection with the key", e);
    }
  }

  private URI uri(String path) {
    InetSocketAddress at = gateway.address();
    return URI.create("http://" + at.getHostString() + ":" + at.getPort() + path);
  }

  private JsonNode send(String method, String path, String authorization, Map<String, ?> body)
      throws IOException, InterruptedException {
    String idempotencyKey = UUID.randomUUID().toString();
    for (int attempt = 1; ; attempt++) {
      HttpResponse<String> answer = once(method, path, authorization, body, idempotencyKey);
      if (answer.statusCode() / 100 == 2) {
        return JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body());
      }
      String refusal = method + " " + path + ": " + answer.statusCode() + " " + answer.body();
      if (answer.statusCode() != 503 || attempt == ATTEMPTS) {
        throw new IllegalStateException(refusal);
      }
      System.err.println("  again after " + refusal);
      Thread.sleep(BACK_OFF_MS);
    }
  }

  private HttpResponse<String> once(
      String method, String path, String authorization, Map<String, ?> body, String idempotencyKey)
      throws IOException, InterruptedException {
    HttpRequest.BodyPublisher content =
        body.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    HttpRequest request =
        HttpRequest.newBuilder(uri(path))
            .timeout(PATIENCE)
            .header("Authorization", authorization)
            .header("Idempotency-Key", idempotencyKey)
            .header("Content-Type", "application/json")
            .method(method, content)
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}

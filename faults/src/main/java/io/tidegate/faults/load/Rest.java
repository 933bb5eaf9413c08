package io.tidegate.faults.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tidegate.faults.world.Node;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The data plane of all nodes over HTTP, with the tenants' keys. Any thread. */
final class Rest implements PublishWay, AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(7);
  private static final int CREATED = 201;

  /** Whoever is refused may come back in a second; much longer than stores wait. */
  private static final int ATTEMPTS = 30;

  private static final long PAUSE_MILLIS = 1_000;

  private final List<Node> nodes;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(3))
          .build();

  Rest(List<Node> nodes) {
    this.nodes = nodes;
  }

  @Override
  public Answer publish(
      Tenant tenant, int node, String channel, List<String> ids, List<String> data)
      throws InterruptedException {
    ArrayNode body = PublishWay.messages(ids, data);
    HttpRequest request =
        to(tenant, node, "/v1/channels/" + encoded(channel) + "/messages")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return answer(response.statusCode(), JSON.readTree(response.body()));
    } catch (ConnectException | HttpConnectTimeoutException e) {
      return Answer.NOT_CONNECTED;
    } catch (IOException e) {
      return Answer.unknown(e.toString());
    }
  }

  private static Answer answer(int status, JsonNode body) {
    return status == CREATED
        ? Answer.acknowledged(body)
        : Answer.refused(body.path("code").asInt(status * 100), body.path("detail").asText());
  }

  /** A token for one client of the tenant. */
  String token(Tenant tenant, int node, String clientId) throws IOException, InterruptedException {
    Map<String, Object> body =
        Map.of(
            "clientId",
            clientId,
            "capabilities",
            Map.of("*", List.of("publish", "subscribe", "presence")),
            "ttlSeconds",
            7_200);
    HttpRequest request =
        to(tenant, node, "/v1/tokens")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    return patiently(request).path("token").asText();
  }

  /** What a route answers to GET. */
  JsonNode get(Tenant tenant, int node, String path) throws IOException, InterruptedException {
    HttpRequest request = to(tenant, node, path).GET().build();
    return read(http.send(request, HttpResponse.BodyHandlers.ofString()));
  }

  /** The same when nothing is broken: a busy machine may let the node's stores wait. */
  JsonNode getPatiently(Tenant tenant, int node, String path)
      throws IOException, InterruptedException {
    return patiently(to(tenant, node, path).GET().build());
  }

  private JsonNode patiently(HttpRequest request) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return read(http.send(request, HttpResponse.BodyHandlers.ofString()));
      } catch (IOException notNow) {
        if (attempt == ATTEMPTS) {
          throw notNow;
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  private static JsonNode read(HttpResponse<String> response) throws IOException {
    if (response.statusCode() / 100 != 2) {
      throw new IOException(response.uri() + ": " + response.statusCode() + response.body());
    }
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new IOException(e);
    }
  }

  private HttpRequest.Builder to(Tenant tenant, int node, String path) {
    return HttpRequest.newBuilder(uri(node, path))
        .timeout(PATIENCE)
        .header("Authorization", tenant.app().keyAuthorization());
  }

  URI uri(int node, String path) {
    return URI.create("http://127.0.0.1:" + nodes.get(node).clientPort() + path);
  }

  URI socket(int node) {
    return URI.create("ws://127.0.0.1:" + nodes.get(node).clientPort() + "/v1/ws");
  }

  HttpClient http() {
    return http;
  }

  int nodes() {
    return nodes.size();
  }

  /** Whether the node is of a later version than the cluster began with. */
  boolean isLater(int node) {
    return nodes.get(node).isAnother();
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}

package io.tidegate.scenarios.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tidegate.faults.world.Node;
import io.tidegate.scenarios.judge.Place;
import io.tidegate.scenarios.judge.Sent;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An app's backend without an SDK: it publishes, and knows what the channels hold. Any thread. */
public final class Backend implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(7);

  private final List<Node> nodes;
  private final String authorization;
  private final AtomicInteger turn = new AtomicInteger();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Backend(List<Node> nodes, String authorization) {
    this.nodes = nodes;
    this.authorization = authorization;
  }

  /** Publishes as one unit, each id as data too, again at another node until it is answered. */
  public List<Sent> publish(String channel, List<String> ids) throws Exception {
    ArrayNode body = JSON.createArrayNode();
    ids.forEach(id -> body.addObject().put("id", id).put("data", id));
    JsonNode answer =
        Patience.insist(
            () ->
                send(
                    at("/v1/channels/" + encoded(channel) + "/messages")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))));
    return sent(answer.path("messages"), answer.path("epoch").asText());
  }

  /** All that the channel holds, the oldest first. */
  public List<Sent> history(String channel) throws Exception {
    List<Sent> all = new ArrayList<>();
    String first = "/v1/channels/" + encoded(channel) + "/messages?direction=forward&limit=1000";
    String path = first;
    while (true) {
      String page = path;
      JsonNode answer = Patience.insist(() -> send(at(page).GET()));
      all.addAll(sent(answer.path("items"), answer.path("epoch").asText()));
      if (!answer.hasNonNull("next")) {
        return all;
      }
      path = first + "&cursor=" + encoded(answer.get("next").asText());
    }
  }

  /** The data of its newest messages, as the gateway holds them. */
  public List<String> data(String channel) throws Exception {
    List<String> all = new ArrayList<>();
    String path = "/v1/channels/" + encoded(channel) + "/messages";
    for (JsonNode item : Patience.insist(() -> send(at(path).GET())).path("items")) {
      all.add(item.path("data").asText());
    }
    return all;
  }

  /** Whoever is refused with a 4xx has made a mistake; the rest may come again. */
  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            request.timeout(ANSWER_WITHIN).header("Authorization", authorization).build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 == 2) {
      return JSON.readTree(answer.body());
    }
    String refusal = answer.uri() + ": " + answer.statusCode() + " " + answer.body();
    if (answer.statusCode() / 100 == 5 || answer.statusCode() == 429) {
      throw new IOException(refusal);
    }
    throw new IllegalStateException(refusal);
  }

  private HttpRequest.Builder at(String path) {
    Node node = nodes.get(Math.floorMod(turn.getAndIncrement(), nodes.size()));
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.clientPort() + path));
  }

  private static List<Sent> sent(JsonNode items, String epoch) {
    List<Sent> all = new ArrayList<>();
    for (JsonNode item : items) {
      String own = item.hasNonNull("epoch") ? item.get("epoch").asText() : epoch;
      all.add(new Sent(item.path("id").asText(), new Place(own, item.path("seq").asLong())));
    }
    return all;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}

package io.tidegate.bench.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.bench.net.Address;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What the backend of an app asks for now and then: tokens for its clients, and history. */
final class Backend {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PAGE = 100;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Address address;

  Backend(Address address) {
    this.address = address;
  }

  /** Where a client connects with a token of its own. */
  Address client(String clientId) throws IOException, InterruptedException {
    String body =
        "{\"clientId\":\""
            + clientId
            + "\",\"capabilities\":{\"*\":[\"subscribe\"]},\"ttlSeconds\":600}";
    HttpRequest.Builder request =
        request("/v1/tokens")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    String token = send(request, 201).path("token").asText();
    return new Address(
        address.remote(), null, address.path(), "Bearer " + token, address.receiveBuffer());
  }

  /** Reads the newest messages of a channel; fails when there is a hole between two of them. */
  int newest(String channel) throws IOException, InterruptedException {
    String path = "/v1/channels/" + channel + "/messages?direction=backward&limit=" + PAGE;
    JsonNode items = send(request(path).GET(), 200).path("items");
    for (int i = 1; i < items.size(); i++) {
      long newer = items.get(i - 1).path("seq").asLong();
      if (items.get(i).path("seq").asLong() != newer - 1) {
        throw new IllegalStateException(
            "history of " + channel + " has " + items.get(i).path("seq") + " before " + newer);
      }
    }
    return items.size();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + address.host() + path))
        .timeout(PATIENCE)
        .header("Authorization", address.authorization());
  }

  private JsonNode send(HttpRequest.Builder request, int expected)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != expected) {
      throw new IllegalStateException(
          answer.request().uri() + ": " + answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }
}

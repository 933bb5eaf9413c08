package io.tidegate.e2e.presence;

import static io.tidegate.e2e.rest.Json.json;
import static io.tidegate.e2e.rest.Json.quote;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.Client;
import io.tidegate.e2e.client.WebSocketClient;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.e2e.rest.Later;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.e2e.rest.TestApp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Members and observers of an app. */
public record Audience(TestApp app) {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String CLIENT = "{'*':['subscribe','publish','presence']}";

  public WebSocketClient client(String clientId) {
    return WebSocketClient.open(app.target(), Credential.bearer(app.token(clientId, CLIENT)));
  }

  /** The same client goes on with an older connection. */
  public WebSocketClient resumed(String clientId, String connectionKey) {
    return WebSocketClient.open(
        app.target(),
        Credential.bearer(app.token(clientId, CLIENT)),
        "resume=" + Rest.encode(connectionKey));
  }

  /** A client that may see and not enter, subscribed with presence. */
  public WebSocketClient observer(String channel) {
    WebSocketClient client =
        WebSocketClient.open(
            app.target(), Credential.bearer(app.token("observer", "{'*':['subscribe']}")));
    follow(client, channel);
    return client;
  }

  public static void follow(WebSocketClient client, String channel) {
    client.send(json("{'type':'subscribe','presence':true,'channel':'%s'}", channel));
    client.frames().await("presence");
  }

  public static void enter(WebSocketClient client, String channel) {
    act(client, "enter", channel, "");
  }

  /** Waits for the answer; asks again when that is to come back. */
  public static void act(WebSocketClient client, String action, String channel, String data) {
    Later.ask(() -> answer(client, action, channel, data), answer -> answer.path("code").asInt());
  }

  private static JsonNode answer(
      WebSocketClient client, String action, String channel, String data) {
    String id = action + client.frames().all().size();
    client.send(
        "{\"type\":\"presence\",\"id\":%s,\"channel\":%s,\"action\":%s%s}"
            .formatted(
                quote(id),
                quote(channel),
                quote(action),
                data.isEmpty() ? "" : ",\"data\":" + data));
    return client
        .frames()
        .await("answer to " + action, frame -> frame.path("id").asText().equals(id));
  }

  /** Its clientIds, from the events a client was told. */
  public static Map<String, String> seen(Client client, String channel) {
    Map<String, String> members = new TreeMap<>();
    boolean paging = false;
    for (JsonNode frame : client.frames().ofType("presence")) {
      if (frame.path("channel").asText().equals(channel)) {
        String action = frame.path("action").asText();
        if (action.equals("sync") && !paging) {
          members.clear();
        }
        paging = action.equals("sync") ? frame.has("cursor") : paging;
        for (JsonNode member : frame.path("members")) {
          String key = member.path("clientId").asText();
          if (action.equals("leave")) {
            members.remove(key);
          } else {
            members.put(key, member.path("data").toString());
          }
        }
      }
    }
    return members;
  }

  public static void awaitSeen(Client client, String channel, String... clientIds) {
    TreeSet<String> wanted = new TreeSet<>(List.of(clientIds));
    Awaitility.await("members " + wanted)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> seen(client, channel).keySet().equals(wanted));
  }

  /** How often an event of this kind was told. */
  public static long told(Client client, String channel, String action) {
    return client.frames().ofType("presence").stream()
        .filter(frame -> frame.path("channel").asText().equals(channel))
        .filter(frame -> frame.path("action").asText().equals(action))
        .count();
  }

  /** All pages over REST. */
  public List<String> listed(String channel, int limit) {
    List<String> found = new ArrayList<>();
    String path = "/v1/channels/" + Rest.encode(channel) + "/presence?limit=" + limit;
    @Nullable String cursor = "";
    do {
      JsonNode page = app.rest().get(path + cursor).expect(200).json();
      page.path("items").forEach(item -> found.add(item.path("clientId").asText()));
      cursor = page.path("next").isNull() ? null : "&cursor=" + page.path("next").asText();
    } while (cursor != null);
    return found;
  }
}

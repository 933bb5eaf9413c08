package io.tidegate.scenarios.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.sdk.Channel;
import io.tidegate.sdk.ChannelOptions;
import io.tidegate.sdk.HistoryQuery;
import io.tidegate.sdk.Member;
import io.tidegate.sdk.Message;
import io.tidegate.sdk.OutgoingMessage;
import io.tidegate.sdk.Position;
import io.tidegate.sdk.PresenceEvent;
import io.tidegate.sdk.SubscribeOptions;
import io.tidegate.sdk.Tidegate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One client of sdk-java. What it is told it does on the thread that tells it. */
final class JavaClient {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration TOKEN_WITHIN = Duration.ofSeconds(20);
  private static final int READY_SECONDS = 100;

  private final String name;
  private final Consumer<ObjectNode> say;
  private final Tidegate tidegate;
  private final Map<String, Channel> channels = new ConcurrentHashMap<>();

  JavaClient(String name, JsonNode command, Consumer<ObjectNode> say) {
    this.name = name;
    this.say = say;
    URI tokens = URI.create(command.path("tokens").asText());
    this.tidegate =
        Tidegate.builder()
            .url(command.path("url").asText())
            .tokenProvider(() -> token(tokens))
            .build();
    tidegate
        .connection()
        .onStateChange(
            change ->
                say.accept(
                    event("state").put("state", change.current().name().toLowerCase(Locale.ROOT))));
  }

  private static String token(URI from) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(from).timeout(TOKEN_WITHIN).build();
    HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("no token: " + answer.statusCode());
    }
    return answer.body();
  }

  /** Returns the reply when it is done. */
  ObjectNode carryOut(JsonNode command) throws Exception {
    ObjectNode reply = Driver.JSON.createObjectNode();
    switch (command.path("do").asText()) {
      case "connect" -> tidegate.connection().connected().get(READY_SECONDS, TimeUnit.SECONDS);
      case "retry" -> tidegate.connection().connect();
      case "subscribe" -> subscribe(command);
      case "publish" -> publish(command);
      case "presence" -> presence(command);
      case "history" -> history(channel(command), reply.putArray("items"));
      case "close" -> tidegate.close();
      default -> throw new IllegalArgumentException("not a command: " + command);
    }
    return reply;
  }

  private Channel channel(JsonNode command) {
    return channels.computeIfAbsent(
        command.path("channel").asText(),
        channel ->
            command.hasNonNull("cipher")
                ? tidegate.channel(
                    channel, ChannelOptions.encrypted(command.get("cipher").asText()))
                : tidegate.channel(channel));
  }

  private void subscribe(JsonNode command) throws Exception {
    int buffer = command.path("buffer").asInt();
    SubscribeOptions options = SubscribeOptions.live();
    channel(command)
        .subscribe(
            buffer > 0 ? options.buffer(buffer) : options,
            new JavaListener(
                command.path("channel").asText(), command.path("slowMillis").asInt(), this::tell))
        .ready()
        .get(READY_SECONDS, TimeUnit.SECONDS);
  }

  private void publish(JsonNode command) {
    Channel channel = channel(command);
    for (JsonNode each : command.path("ids")) {
      String id = each.asText();
      channel
          .publishAsync(OutgoingMessage.of(id).withId(id))
          .whenComplete(
              (published, failure) -> {
                ObjectNode line = event(failure == null ? "published" : "failed");
                line.put("channel", channel.name()).put("id", id);
                if (failure == null) {
                  put(published.position(), line);
                } else {
                  JavaDriver.error(line, failure);
                }
                say.accept(line);
              });
    }
  }

  private void presence(JsonNode command) {
    Channel channel = channel(command);
    switch (command.path("action").asText()) {
      case "enter" -> channel.presence().enter(null);
      case "leave" -> channel.presence().leave();
      case "watch" -> {
        Map<String, Member> there = new LinkedHashMap<>();
        channel.presence().onChange(change -> members(channel.name(), there, change));
      }
      default -> throw new IllegalArgumentException("not of presence: " + command);
    }
  }

  /** One call at a time, as the SDK promises. */
  private void members(String channel, Map<String, Member> there, PresenceEvent change) {
    if (change.action() == PresenceEvent.Action.LEAVE) {
      there.remove(change.member().connectionId());
    } else {
      there.put(change.member().connectionId(), change.member());
    }
    ObjectNode line = event("members").put("channel", channel);
    line.put("action", change.action().name().toLowerCase(Locale.ROOT));
    line.put("clientId", change.member().clientId());
    ArrayNode members = line.putArray("members");
    there.values().forEach(member -> members.add(member.clientId()));
    say.accept(line);
  }

  private static void history(Channel channel, ArrayNode items) {
    for (Message message : channel.history(HistoryQuery.oldestFirst().pageSize(1_000))) {
      put(message.position(), items.addObject().put("id", message.id()));
    }
  }

  private void tell(ObjectNode line) {
    say.accept(line.put("client", name));
  }

  private ObjectNode event(String kind) {
    return Driver.JSON.createObjectNode().put("event", kind).put("client", name);
  }

  static void put(Position position, ObjectNode into) {
    into.put("epoch", position.epoch()).put("seq", position.seq());
  }
}

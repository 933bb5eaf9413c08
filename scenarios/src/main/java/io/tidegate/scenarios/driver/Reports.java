package io.tidegate.scenarios.driver;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.scenarios.judge.Event;
import io.tidegate.scenarios.judge.Place;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The lines a driver writes by itself. */
final class Reports {
  private Reports() {}

  static Event read(JsonNode line) {
    String channel = line.path("channel").asText();
    return switch (line.path("event").asText()) {
      case "message" ->
          new Event.Got(
              channel, id(line), place(line), line.path("data").asText(), text(line, "error"));
      case "discontinuity" ->
          new Event.Jump(
              channel,
              line.hasNonNull("from") ? Optional.of(place(line.get("from"))) : Optional.empty(),
              place(line.path("to")),
              line.path("reason").asText());
      case "state" -> new Event.State(line.path("state").asText(), System.nanoTime());
      case "published" -> new Event.Acked(channel, id(line), place(line));
      case "failed" ->
          new Event.Failed(
              channel, id(line), line.path("code").asInt(), line.path("message").asText());
      case "members" ->
          new Event.Members(
              channel,
              line.path("action").asText(),
              line.path("clientId").asText(),
              members(line.path("members")));
      default -> throw new IllegalStateException("not an event: " + line);
    };
  }

  static Place place(JsonNode from) {
    return new Place(from.path("epoch").asText(), from.path("seq").asLong());
  }

  private static String id(JsonNode line) {
    return line.path("id").asText();
  }

  private static Optional<String> text(JsonNode line, String field) {
    return line.hasNonNull(field) ? Optional.of(line.get(field).asText()) : Optional.empty();
  }

  private static Set<String> members(JsonNode list) {
    Set<String> members = new LinkedHashSet<>();
    list.forEach(member -> members.add(member.asText()));
    return members;
  }
}

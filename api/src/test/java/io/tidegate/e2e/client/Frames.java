package io.tidegate.e2e.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.rest.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Everything a client was sent, in order and over all its connections, and where each channel
 * stands. Written by one thread at a time, read by any.
 */
public final class Frames {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(5);

  private final List<JsonNode> all = new ArrayList<>();
  private final Map<String, Position> positions = new LinkedHashMap<>();
  private final List<Consumer<JsonNode>> listeners = new ArrayList<>();

  /** Where a channel stands for this client. */
  public record Position(String epoch, long seq) {}

  /** Hands every frame from now on to the listener, on the client's own thread. */
  public synchronized void listen(Consumer<JsonNode> listener) {
    listeners.add(listener);
  }

  /** The same, after every frame so far; none is missed or told twice in between. */
  public synchronized void follow(Consumer<JsonNode> listener) {
    all.forEach(listener);
    listeners.add(listener);
  }

  /** Whoever sees it here finds that the listeners have had it. */
  synchronized void add(String text) {
    JsonNode frame = Json.read(text);
    all.add(frame);
    moved(frame);
    listeners.forEach(listener -> listener.accept(frame));
  }

  private void moved(JsonNode frame) {
    String channel = frame.path("channel").asText();
    long seq = frame.path("seq").asLong();
    Position before = positions.get(channel);
    String epoch = before == null ? "" : before.epoch();
    switch (type(frame)) {
      case "subscribed", "discontinuity" ->
          positions.put(channel, new Position(frame.path("epoch").asText(), seq));
      case "message" -> positions.put(channel, new Position(epochOf(frame, epoch), seq));
      case "skipped" -> positions.put(channel, new Position(epoch, seq));
      default -> {}
    }
  }

  private static String epochOf(JsonNode frame, String current) {
    return frame.path("epoch").asText(current);
  }

  public static String type(JsonNode frame) {
    return frame.path("type").asText();
  }

  public synchronized List<JsonNode> all() {
    return List.copyOf(all);
  }

  public List<JsonNode> ofType(String type) {
    return all().stream().filter(frame -> type(frame).equals(type)).toList();
  }

  /** Messages of a channel. */
  public List<JsonNode> messages(String channel) {
    return ofType("message").stream()
        .filter(frame -> frame.path("channel").asText().equals(channel))
        .toList();
  }

  /** Their data, as numbers. */
  public List<Integer> numbers(String channel) {
    return messages(channel).stream().map(frame -> frame.path("data").asInt()).toList();
  }

  public synchronized Map<String, Position> positions() {
    return Map.copyOf(positions);
  }

  /** Null before the channel was subscribed. */
  public synchronized @Nullable Position position(String channel) {
    return positions.get(channel);
  }

  /** Waits for a frame of this type; returns the first one. */
  public JsonNode await(String type) {
    return await(type, frame -> type(frame).equals(type));
  }

  /** Waits for the {@code count}th frame of this type. */
  public JsonNode await(String type, int count) {
    waiting(count + " times " + type, PATIENCE).until(() -> ofType(type).size() >= count);
    return ofType(type).get(count - 1);
  }

  /** Waits for a frame that fits; returns the first one. */
  public JsonNode await(String what, Predicate<JsonNode> fits) {
    return await(what, PATIENCE, fits);
  }

  public JsonNode await(String what, Duration atMost, Predicate<JsonNode> fits) {
    return waiting(what, atMost)
        .until(() -> all().stream().filter(fits).findFirst(), Optional::isPresent)
        .orElseThrow();
  }

  /** Waits until the channel stands at this seq. */
  public void awaitSeq(String channel, long seq) {
    waiting(channel + " at " + seq, PATIENCE)
        .until(() -> position(channel) instanceof Position at && at.seq() >= seq);
  }

  private static ConditionFactory waiting(String what, Duration atMost) {
    return Awaitility.await(what).pollDelay(Duration.ZERO).pollInterval(POLL).atMost(atMost);
  }

  @Override
  public String toString() {
    return all().toString();
  }
}

package io.tidegate.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code openapi/asyncapi.yaml} as a judge of frames and stream events. */
public final class FrameContract {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final JsonNode document;
  private final Schemas schemas;
  private final Set<String> clientTypes = new TreeSet<>();
  private final Set<String> serverTypes;
  private final Set<String> streamTypes;

  FrameContract(JsonNode document) {
    this.document = document;
    this.schemas = Schemas.closed(document);
    for (JsonNode operation : document.path("operations")) {
      if (operation.path("action").asText().equals("receive")) {
        operation.path("messages").forEach(message -> clientTypes.add(lastSegment(message)));
      }
    }
    serverTypes = types("webSocket");
    serverTypes.removeAll(clientTypes);
    streamTypes = types("eventStream");
  }

  public static FrameContract load() {
    return new FrameContract(ContractFile.yaml("openapi/asyncapi.yaml"));
  }

  /** Faults of a frame that the server sent over WebSocket; empty when it keeps to the contract. */
  public List<String> validateServer(String frame) {
    return validate(frame, serverTypes);
  }

  /** Faults of a frame that a client sent. */
  public List<String> validateClient(String frame) {
    return validate(frame, clientTypes);
  }

  /**
   * Faults of one event of a stream.
   *
   * @param event its {@code event:}
   * @param data its {@code data:}, one line
   */
  public List<String> validateEvent(String event, String data) {
    if (data.indexOf('\n') >= 0) {
      return List.of(event + ": data is more than one line");
    }
    return validate(data, streamTypes.contains(event) ? Set.of(event) : Set.of());
  }

  /** Faults of a frame that the server sent to a listener of {@code /v1/events}. */
  public List<String> validateListener(String frame) {
    JsonNode json;
    try {
      json = JSON.readTree(frame);
    } catch (JsonProcessingException e) {
      return List.of("not JSON: " + frame);
    }
    String type = json.path("type").asText();
    JsonNode reference = document.path("channels").path("events").path("messages").path(type);
    if (reference.isMissingNode() || type.equals("auth")) {
      return List.of("no frame type '" + type + "' here: " + frame);
    }
    JsonNode message = document.path("components").path("messages").path(lastSegment(reference));
    return schemas.violations(message.path("payload"), json).stream()
        .map(fault -> type + fault + ": " + frame)
        .toList();
  }

  /** Whether only listeners get this message. */
  boolean isForListeners(String message) {
    return document
            .path("channels")
            .path("events")
            .path("messages")
            .valueStream()
            .anyMatch(one -> lastSegment(one).equals(message))
        && !serverTypes.contains(message)
        && !clientTypes.contains(message);
  }

  /** The {@code type} of every frame a client may send. */
  public Set<String> clientTypes() {
    return Set.copyOf(clientTypes);
  }

  /** The {@code type} of every frame the server may send over WebSocket. */
  public Set<String> serverTypes() {
    return Set.copyOf(serverTypes);
  }

  /** WebSocket close code to the five-digit code that closes so. */
  public Map<Integer, Integer> closeCodes() {
    Map<Integer, Integer> codes = new TreeMap<>();
    document
        .path("channels")
        .path("webSocket")
        .path("x-tidegate-close-codes")
        .properties()
        .forEach(row -> codes.put(Integer.valueOf(row.getKey()), row.getValue().asInt()));
    return codes;
  }

  private List<String> validate(String text, Set<String> allowed) {
    JsonNode frame;
    try {
      frame = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return List.of("not JSON, " + e.getOriginalMessage() + ": " + text);
    }
    String type = frame.path("type").asText();
    if (!allowed.contains(type)) {
      return List.of("no frame type '" + type + "' here: " + text);
    }
    JsonNode message = document.path("components").path("messages").path(type);
    return schemas.violations(message.path("payload"), frame).stream()
        .map(fault -> type + fault + ": " + text)
        .toList();
  }

  private Set<String> types(String channel) {
    Set<String> types = new TreeSet<>();
    document
        .path("channels")
        .path(channel)
        .path("messages")
        .fieldNames()
        .forEachRemaining(types::add);
    return types;
  }

  private static String lastSegment(JsonNode reference) {
    String ref = reference.path("$ref").asText();
    return ref.substring(ref.lastIndexOf('/') + 1);
  }
}

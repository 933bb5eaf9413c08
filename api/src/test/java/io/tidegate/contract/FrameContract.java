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

  /** The messages that clients send, by name. */
  private final Set<String> fromClients = new TreeSet<>();

  // Type to message; one type may be another message each way.
  private final Map<String, String> clientTypes = new TreeMap<>();
  private final Map<String, String> serverTypes = new TreeMap<>();
  private final Map<String, String> streamTypes = new TreeMap<>();

  FrameContract(JsonNode document) {
    this.document = document;
    this.schemas = Schemas.closed(document);
    for (JsonNode operation : document.path("operations")) {
      if (operation.path("action").asText().equals("receive")) {
        operation.path("messages").forEach(message -> fromClients.add(lastSegment(message)));
      }
    }
    for (String message : messages("webSocket")) {
      (fromClients.contains(message) ? clientTypes : serverTypes).put(typeOf(message), message);
    }
    for (String message : messages("eventStream")) {
      streamTypes.put(typeOf(message), message);
    }
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
    return validate(data, event.equals(type(data)) ? streamTypes : Map.of());
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
        && !serverTypes.containsValue(message)
        && !fromClients.contains(message);
  }

  /** Whether clients send this message. */
  boolean isOfClients(String message) {
    return fromClients.contains(message);
  }

  /** The {@code type} of every frame a client may send. */
  public Set<String> clientTypes() {
    return Set.copyOf(clientTypes.keySet());
  }

  /** The {@code type} of every frame the server may send over WebSocket. */
  public Set<String> serverTypes() {
    return Set.copyOf(serverTypes.keySet());
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

  private List<String> validate(String text, Map<String, String> allowed) {
    JsonNode frame;
    try {
      frame = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return List.of("not JSON, " + e.getOriginalMessage() + ": " + text);
    }
    String type = frame.path("type").asText();
    if (!allowed.containsKey(type)) {
      return List.of("no frame type '" + type + "' here: " + text);
    }
    JsonNode message = message(String.valueOf(allowed.get(type)));
    return schemas.violations(message.path("payload"), frame).stream()
        .map(fault -> type + fault + ": " + text)
        .toList();
  }

  private static String type(String text) {
    try {
      return JSON.readTree(text).path("type").asText();
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  private JsonNode message(String name) {
    return document.path("components").path("messages").path(name);
  }

  /** The messages of a channel, by name. */
  private Set<String> messages(String channel) {
    Set<String> names = new TreeSet<>();
    document
        .path("channels")
        .path(channel)
        .path("messages")
        .forEach(reference -> names.add(lastSegment(reference)));
    return names;
  }

  /** What its frames say they are: the schema's constant, else its own name. */
  private String typeOf(String message) {
    JsonNode schema = schemas.resolve(message(message).path("payload"));
    return schema.path("properties").path("type").path("const").asText(message);
  }

  private static String lastSegment(JsonNode reference) {
    String ref = reference.path("$ref").asText();
    return ref.substring(ref.lastIndexOf('/') + 1);
  }
}

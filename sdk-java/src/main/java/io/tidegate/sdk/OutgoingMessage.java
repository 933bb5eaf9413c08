package io.tidegate.sdk;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message to be published. The SDK gives it an id when it has none, and keeps it over every
 * retry: it is published once. Values are not checked here; the gateway's refusal names the field.
 *
 * @param name the kind of message
 * @param data what the client's {@link JsonMapper} writes; base64 text when {@code encoding} says
 *     so
 * @param id unique in its channel; the same id with the same content is the same message
 * @param clientId for whom a key publishes
 * @param headers up to 32
 * @param encoding null for JSON
 * @param exclude a connection it is not sent to
 */
public record OutgoingMessage(
    @Nullable String name,
    @Nullable Object data,
    @Nullable String id,
    @Nullable String clientId,
    Map<String, String> headers,
    @Nullable String encoding,
    @Nullable String exclude) {
  public OutgoingMessage {
    headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** Data without a name. */
  public static OutgoingMessage of(@Nullable Object data) {
    return new OutgoingMessage(null, data, null, null, Map.of(), null, null);
  }

  /** Data of a kind. */
  public static OutgoingMessage of(String name, @Nullable Object data) {
    return of(data).named(name);
  }

  /** Bytes. */
  public static OutgoingMessage bytes(byte[] bytes) {
    return new OutgoingMessage(
        null, Base64.getEncoder().encodeToString(bytes), null, null, Map.of(), "base64", null);
  }

  /** The same with a name. */
  public OutgoingMessage named(String newName) {
    return new OutgoingMessage(newName, data, id, clientId, headers, encoding, exclude);
  }

  /** The same with an id. */
  public OutgoingMessage withId(String newId) {
    return new OutgoingMessage(name, data, newId, clientId, headers, encoding, exclude);
  }

  /** The same, published for this client. */
  public OutgoingMessage from(String newClientId) {
    return new OutgoingMessage(name, data, id, newClientId, headers, encoding, exclude);
  }

  /** The same with one header more. */
  public OutgoingMessage header(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(key, value);
    return new OutgoingMessage(name, data, id, clientId, more, encoding, exclude);
  }

  /** The same, not sent to this connection. */
  public OutgoingMessage excluding(String connectionId) {
    return new OutgoingMessage(name, data, id, clientId, headers, encoding, connectionId);
  }
}

package io.tidegate.sdk.internal.http;

import io.tidegate.sdk.internal.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One call as it is sent, each time the same.
 *
 * @param path from {@code /v1} on, with its query
 * @param body JSON; null for none
 * @param headers name, value, name, value
 * @param repeatable whether it does no more when it is carried out twice: otherwise a lost answer
 *     is not tried again
 */
public record Call(
    String method, String path, @Nullable String body, List<String> headers, boolean repeatable) {
  public Call {
    headers = List.copyOf(headers);
  }

  public static Call get(String path) {
    return new Call("GET", path, null, List.of(), true);
  }

  public static Call delete(String path) {
    return new Call("DELETE", path, null, List.of(), true);
  }

  /** A POST that does no more when it is carried out twice. */
  public static Call post(String path, @Nullable String json) {
    return new Call("POST", path, json, List.of(), true);
  }

  /** A POST that makes something, once: it has a key by which the gateway knows a second try. */
  public static Call create(String path, @Nullable Object body) {
    String key = UUID.randomUUID().toString();
    String json = JsonWriter.write(body);
    return new Call("POST", path, json, List.of("Idempotency-Key", key), true);
  }

  public static Call put(String path, Object body) {
    return new Call("PUT", path, JsonWriter.write(body), List.of(), true);
  }

  /** A change to fields; said twice it is the same. */
  public static Call patch(String path, Object body) {
    return new Call("PATCH", path, JsonWriter.write(body), List.of(), true);
  }

  /** The same with one header more. */
  public Call with(String name, String value) {
    List<String> more = new ArrayList<>(headers);
    more.add(name);
    more.add(value);
    return new Call(method, path, body, more, repeatable);
  }
}

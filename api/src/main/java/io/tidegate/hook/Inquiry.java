package io.tidegate.hook;

import io.tidegate.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a hook is asked.
 *
 * @param about the channel, or the client that connects; null for one without a name
 * @param data a JSON object
 */
public record Inquiry(@Nullable String about, String data) {
  /** {@code {id, type, app, time, data}}: the shape of a webhook's events. */
  byte[] envelope(Hook hook, UUID id, Instant now) {
    return ("{\"id\":\"%s\",\"type\":\"%s\",\"app\":\"%s\",\"time\":%d,\"data\":"
                .formatted(id, hook.kind().wireName(), hook.app(), now.toEpochMilli())
            + data
            + "}")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** A field and the comma before it, unless it is the first; null values are written as such. */
  public static void field(StringBuilder json, String name, @Nullable String value) {
    raw(json, name, value == null ? "null" : StrictJson.write(value));
  }

  /** The same with a value that is JSON already. */
  public static void raw(StringBuilder json, String name, String value) {
    json.append(json.charAt(json.length() - 1) == '{' ? "" : ",")
        .append('"')
        .append(name)
        .append("\":")
        .append(value);
  }
}

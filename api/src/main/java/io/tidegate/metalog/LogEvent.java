package io.tidegate.metalog;

import io.tidegate.json.StrictJson;
import io.tidegate.refusal.Masked;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened, as {@code openapi/asyncapi.yaml} has it. Texts of clients are masked as
 * in the store of refusals.
 *
 * @param name such as {@code subscription.added}
 */
public final class LogEvent {
  private final String name;
  private final Map<String, Object> data = new LinkedHashMap<>();

  public LogEvent(String name) {
    this.name = name;
  }

  /** What is null is left out. */
  public LogEvent with(String field, @Nullable Object value) {
    if (value != null) {
      data.put(field, value instanceof Number ? value : Masked.of(value.toString()));
    }
    return this;
  }

  public String name() {
    return name;
  }

  /** Its JSON. */
  public byte[] json() {
    return StrictJson.write(data).getBytes(StandardCharsets.UTF_8);
  }
}

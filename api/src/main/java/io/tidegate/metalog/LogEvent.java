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
  /** Characters; enough to know what it was. */
  static final int MAX_PREVIEW = 1_000;

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

  /** The beginning of a JSON text of a client's, null: left out. Masked as every text is. */
  public LogEvent withPreview(String field, byte @Nullable [] json) {
    if (json != null) {
      // A character has four bytes at most; one that is cut in two ends behind the bound.
      int length = Math.min(json.length, 4 * (MAX_PREVIEW + 1));
      data.put(field, Masked.of(new String(json, 0, length, StandardCharsets.UTF_8), MAX_PREVIEW));
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

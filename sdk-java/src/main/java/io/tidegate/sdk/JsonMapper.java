package io.tidegate.sdk;

import io.tidegate.sdk.internal.json.BuiltInMapper;
import org.jspecify.annotations.Nullable;

/**
 * Turns the data of messages into JSON text and back. The built-in one knows maps, lists, arrays,
 * text, numbers, booleans, enums and records; for anything else bring one's own, with Jackson:
 *
 * <pre>{@code
 * ObjectMapper jackson = new ObjectMapper();
 * JsonMapper mapper = new JsonMapper() {
 *   public String write(Object value) throws Exception { return jackson.writeValueAsString(value); }
 *   public <T> T read(String json, Class<T> type) throws Exception { return jackson.readValue(json, type); }
 * };
 * }</pre>
 */
public interface JsonMapper {
  /**
   * One JSON value (RFC 8259). What it throws refuses the publish as an {@link
   * IllegalArgumentException}.
   */
  String write(@Nullable Object value) throws Exception;

  /** The value as a {@code type}; null for JSON's null, where the type has one. */
  <T> @Nullable T read(String json, Class<T> type) throws Exception;

  /** The one that is used when none is given. */
  static JsonMapper builtIn() {
    return BuiltInMapper.INSTANCE;
  }
}

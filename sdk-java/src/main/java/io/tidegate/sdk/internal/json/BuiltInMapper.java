package io.tidegate.sdk.internal.json;

import io.tidegate.sdk.JsonMapper;
import org.jspecify.annotations.Nullable;

/** The mapper for who brings none. */
public final class BuiltInMapper implements JsonMapper {
  public static final BuiltInMapper INSTANCE = new BuiltInMapper();

  private BuiltInMapper() {}

  @Override
  public String write(@Nullable Object value) {
    return JsonWriter.write(value);
  }

  @Override
  @SuppressWarnings("unchecked") // Conversion answers what the type says, boxed.
  public <T> @Nullable T read(String json, Class<T> type) {
    return (T) Conversion.to(type, JsonTree.parse(json));
  }
}
